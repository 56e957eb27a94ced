import { sql } from 'kysely'
import { ulid } from 'ulid'
import { beforeEach, expect, test } from 'vitest'
import type { Database } from '../../../main/host/database/database.ts'
import type { ThreadedDatabase } from '../../../main/host/database/openDatabase.ts'
import { ShiftCounters } from '../../../main/host/verdict/shiftCounters.ts'
import { temporaryDatabase, until } from '../host-data/helpers.ts'
import { keepingLogger } from '../host-data/keepingLogger.ts'

let database: ThreadedDatabase
let writes: number
/** The real database, its writes counted. */
let counted: Database

beforeEach(async () => {
  database = (await temporaryDatabase()).database
  writes = 0
  counted = {
    read: database.read,
    write: (statements) => {
      writes++
      return database.write(statements)
    },
    close: async () => undefined
  }
  const [project, model] = [ulid(), ulid()]
  await run(`INSERT INTO projects VALUES ('${project}', 'p', 'detection', '[]', 0)`)
  const columns = 'id, project_id, spec, file_name, sha256, bytes, is_default, created_at'
  await run(`INSERT INTO models (${columns}) VALUES ('${model}', '${project}', '{}', 'f', 's', 1, 1, 0)`)
  for (const slug of ['gate', 'press']) {
    await run(`INSERT INTO inferences VALUES ('${slug}', '${project}', '${model}', '${slug}', '{}', 0, 0, NULL, NULL)`)
  }
})

async function run(text: string) {
  await database.write([sql.raw(text).compile(database.read)])
}

const open = (writeMs?: number) => ShiftCounters.open(counted, keepingLogger(), writeMs)

test('counts outcomes and errors of each inference, and goes on after a restart', async () => {
  const counters = await open()
  for (const outcome of ['OK', 'NG', 'OK', 'WARN', null] as const) counters.judged('gate', outcome)
  counters.failed('gate')
  counters.judged('press', 'OK')
  const before = counters.of('gate')
  expect(before).toMatchObject({ ok: 2, warn: 1, ng: 1, errors: 1 })
  await counters.close()
  const again = await open()
  expect(again.of('gate')).toEqual(before)
  again.judged('gate', 'NG')
  expect(again.of('gate')).toEqual({ ...before, ng: 2 })
  expect(again.of('press')).toMatchObject({ ok: 1, errors: 0 })
  await again.close()
})

test('writes what came close together once, and by itself', async () => {
  const counters = await open(50)
  for (let count = 0; count < 1000; count++) counters.judged('gate', 'OK')
  await until(async () => (await stored('gate'))?.ok === 1000)
  expect(writes).toBeLessThanOrEqual(2)
  await counters.close()
})

test('begins anew with the time of it, durably, for one inference alone', async () => {
  const counters = await open()
  counters.failed('gate')
  counters.failed('press')
  const from = Date.now()
  await counters.reset('gate')
  const { since, ...counts } = counters.of('gate')
  expect(counts).toEqual({ ok: 0, warn: 0, ng: 0, errors: 0 })
  expect(new Date(since).getTime()).toBeGreaterThanOrEqual(from)
  expect(await stored('gate')).toMatchObject({ errors: 0, since: new Date(since).getTime() })
  expect(counters.of('press').errors).toBe(1)
  await counters.close()
})

test('moves and goes with its inference', async () => {
  const counters = await open()
  counters.failed('gate')
  counters.failed('press')
  await counters.close()
  await run("UPDATE inferences SET slug = 'door' WHERE slug = 'gate'")
  counters.renamed('gate', 'door')
  expect(counters.of('door').errors).toBe(1)
  expect(await stored('gate')).toBeUndefined()
  counters.failed('press')
  counters.forget('press')
  await run("DELETE FROM inferences WHERE slug = 'press'")
  await counters.close()
  const again = await open()
  expect(again.of('door').errors).toBe(1)
  expect(again.of('press').errors).toBe(0)
  await again.close()
  expect(await stored('press')).toBeUndefined()
})

function stored(slug: string) {
  return database.read.selectFrom('shift_counters').selectAll().where('inference_slug', '=', slug).executeTakeFirst()
}
