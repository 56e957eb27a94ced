import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ServerEvent } from '../../../main/contract/index.ts'
import { openDatabase } from '../../../main/host/database/openDatabase.ts'
import { repairAtStart, repairSince } from '../../../main/host/labels/repair.ts'
import { atEnd, temporaryDatabase, temporaryFolder, until } from './helpers.ts'
import { keepingLogger } from './keepingLogger.ts'
import { picturePath, recordingInto, recordingSetup } from './recordings.ts'

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

test('a recorded sample is a row, a file with the same bytes, a count of its import, and an event', async () => {
  const { folder, database } = await temporaryDatabase()
  const { bus, imports, recorder, row, project } = await recordingSetup(database, folder)
  const events: ServerEvent[] = []
  bus.subscribe((event) => events.push(event))
  const recording = recordingInto(row, { at: new Date(2026, 10, 24, 23, 59, 59) })
  const id = await recorder.record(recording)
  const path = await picturePath(database, folder, id)
  expect(readFileSync(path)).toEqual(Buffer.from(recording.image))
  expect(path).toBe(join(folder, 'imports', row.folder, '2026-11-24', `${id}.jpg`))
  const { items } = await imports.list({ project, limit: 10 })
  expect(items).toMatchObject([{ id: row.id, samples: 1, bytes: 2000, firstAt: items[0]?.lastAt }])
  expect(events).toMatchObject([{ type: 'sample', sample: { id, project, importId: row.id } }])
})

test('a run’s folder is named by inference, start and run', async () => {
  const { folder, database } = await temporaryDatabase()
  const { row } = await recordingSetup(database, folder)
  expect(row.name).toBe('Surface check 2026-11-24 06-42-17')
  expect(row.folder).toBe(`Surface check 2026-11-24 06-42-17 ${row.run_id?.slice(-6)}`)
})

test('counts of an import stay exact under many recordings at once', async () => {
  const { folder, database } = await temporaryDatabase()
  const { imports, recorder, row } = await recordingSetup(database, folder)
  const times = Array.from({ length: 60 }, (_, index) => new Date(1_790_000_000_000 + ((index * 37) % 60)))
  const ids = await Promise.all(times.map((at) => recorder.record(recordingInto(row, { at }))))
  expect(new Set(ids).size).toBe(60)
  const stored = await database.read.selectFrom('imports').selectAll().executeTakeFirstOrThrow()
  expect(stored).toMatchObject({ samples: 60, bytes: 120_000, first_at: 1_790_000_000_000, last_at: 1_790_000_000_059 })
  expect((await imports.list({ limit: 1 })).items[0]?.samples).toBe(60)
})

test('recording stops before the disk is full', async () => {
  const { folder, database } = await temporaryDatabase()
  const { recorder, row } = await recordingSetup(database, folder, Number.MAX_SAFE_INTEGER)
  await expect(recorder.record(recordingInto(row))).rejects.toMatchObject({ code: 'STORAGE_FULL' })
  expect(filesBelow(join(folder, 'imports'))).toEqual([])
})

test('where the row cannot be written no picture stays', async () => {
  const { folder, database } = await temporaryDatabase()
  const { recorder, row } = await recordingSetup(database, folder)
  const nowhere = { ...recordingInto(row).run, importId: ulid() }
  await expect(recorder.record(recordingInto(row, { run: nowhere }))).rejects.toThrow('FOREIGN KEY')
  expect(filesBelow(join(folder, 'imports'))).toEqual([])
})

test('a folder that was taken away meanwhile is made again', async () => {
  const { folder, database } = await temporaryDatabase()
  const { recorder, row } = await recordingSetup(database, folder)
  await recorder.record(recordingInto(row))
  rmSync(join(folder, 'imports'), { recursive: true })
  const id = await recorder.record(recordingInto(row))
  expect(readFileSync(await picturePath(database, folder, id)).byteLength).toBe(2000)
})

test('SIGKILL loses no acknowledged sample, and the next start removes what was never acknowledged', async () => {
  const folder = await temporaryFolder()
  const acknowledged: string[] = []
  const child = fork(fileURLToPath(new URL('./recordingChild.ts', import.meta.url)), [folder], { execArgv: [] })
  child.on('message', (id) => acknowledged.push(z.string().parse(id)))
  await until(() => acknowledged.length >= 80)
  child.kill('SIGKILL')
  await once(child, 'close')
  const database = await openDatabase(folder, keepingLogger())
  atEnd(() => database.close())
  for (const id of acknowledged) {
    expect(readFileSync(await picturePath(database, folder, id)).byteLength).toBe(2000)
  }
  const { items } = { items: await database.read.selectFrom('imports').selectAll().execute() }
  const dayFolder = join(
    folder,
    'imports',
    items[0]?.folder ?? '',
    readdirSync(join(folder, 'imports', items[0]?.folder ?? ''))[0] ?? ''
  )
  // Made before the next start, to whose millisecond the look at it reaches.
  writeFileSync(join(dayFolder, `${ulid(Date.now() - 1)}.jpg`), 'half')
  const logger = keepingLogger()
  const stoppedCleanly = await repairAtStart(database, folder, logger)
  expect(logger.lines[0]).toContain('not stopped cleanly')
  const rows = await database.read.selectFrom('samples').select('id').execute()
  expect(rows.length).toBeGreaterThanOrEqual(acknowledged.length)
  expect(filesBelow(dayFolder)).toHaveLength(rows.length)
  await stoppedCleanly()
  const quiet = keepingLogger()
  await repairAtStart(database, folder, quiet)
  expect(quiet.lines).toEqual([])
})

test('repair leaves alone what it does not know, what is older and what is newer', async () => {
  const { folder, database } = await temporaryDatabase()
  const { recorder, row } = await recordingSetup(database, folder)
  const id = await recorder.record(recordingInto(row))
  const lost = await recorder.record(recordingInto(row))
  const day = join(await picturePath(database, folder, id), '..')
  rmSync(await picturePath(database, folder, lost))
  const [since, until] = [Date.now() - 60_000, Date.now() + 1000]
  const left = [`${ulid(since - 1)}.jpg`, `${ulid(until)}.jpg`, 'notes.txt', 'half.jpg']
  const removed = [`${ulid(since)}.jpg`, `${ulid(until - 1)}.png`]
  for (const name of [...left, ...removed]) writeFileSync(join(day, name), 'x')
  expect(await repairSince(database, folder, since, until)).toEqual({ removed: 2, missing: 1 })
  expect(readdirSync(day).sort()).toEqual([...left, `${id}.jpg`].sort())
})
