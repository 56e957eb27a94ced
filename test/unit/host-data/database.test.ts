import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CompiledQuery } from 'kysely'
import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import { DatabaseError, isUniqueViolation } from '../../../main/host/database/databaseError.ts'
import { openDatabase, type ThreadedDatabase } from '../../../main/host/database/openDatabase.ts'
import type { ProjectRow } from '../../../main/host/database/tables.ts'
import { temporaryDatabase } from './helpers.ts'
import { keepingLogger } from './keepingLogger.ts'

function row(name: string): ProjectRow {
  return { id: ulid(), name, task: 'detection', classes: '[]', created_at: 1 }
}

function insert(database: ThreadedDatabase, name: string): CompiledQuery {
  return database.read.insertInto('projects').values(row(name)).compile()
}

async function names(database: ThreadedDatabase): Promise<string[]> {
  const rows = await database.read.selectFrom('projects').select('name').orderBy('name').execute()
  return rows.map((found) => found.name)
}

test('a read sees every write that was acknowledged', async () => {
  const { database } = await temporaryDatabase()
  const [result] = await database.write([insert(database, 'Boards')])
  expect(result).toEqual({ changes: 1 })
  expect(await names(database)).toEqual(['Boards'])
})

test('writes that come together share transactions, and all are kept', async () => {
  const { folder, database } = await temporaryDatabase()
  const wanted = Array.from({ length: 1000 }, (_, index) => `Project ${String(index).padStart(4, '0')}`)
  await Promise.all(wanted.map((name) => database.write([insert(database, name)])))
  expect(database.transactions).toBeLessThan(500)
  await database.close()
  const again = await openDatabase(folder, keepingLogger())
  expect(await names(again)).toEqual(wanted)
  await again.close()
})

test('a unit that fails is undone whole and leaves the others of its transaction alone', async () => {
  const { database } = await temporaryDatabase()
  const units = Array.from({ length: 20 }, (_, index) => [insert(database, `a${index}`), insert(database, `b${index}`)])
  units[7] = [insert(database, 'half'), insert(database, 'a3')]
  units[9] = [insert(database, 'other half'), CompiledQuery.raw('insert into nowhere values (1)')]
  const outcomes = await Promise.allSettled(units.map((unit) => database.write(unit)))
  expect(database.transactions).toBeLessThan(20)
  const failed = outcomes.flatMap((outcome, index) => (outcome.status === 'rejected' ? [index] : []))
  expect(failed).toEqual([7, 9])
  const kept = await names(database)
  expect(kept).toHaveLength(36)
  expect(kept).not.toContain('half')
  expect(kept).not.toContain('other half')
})

test('errors carry SQLite’s code across the thread', async () => {
  const { database } = await temporaryDatabase()
  await database.write([insert(database, 'Boards')])
  const taken = await database.write([insert(database, 'BOARDS')]).catch((error: unknown) => error)
  expect(isUniqueViolation(taken, 'projects.name')).toBe(true)
  expect(isUniqueViolation(taken, 'projects.id')).toBe(false)
  const orphan = CompiledQuery.raw(
    `insert into models select 'm', 'no project', '{}', 'f', 's', 1, 0, 1, '[]', null, null, null`
  )
  await expect(database.write([orphan])).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_FOREIGNKEY' })
})

test('a reader cannot write', async () => {
  const { database } = await temporaryDatabase()
  const attempt = database.read.insertInto('projects').values(row('Boards')).returning('id').execute()
  await expect(attempt).rejects.toMatchObject({ code: 'SQLITE_READONLY' })
  expect(await names(database)).toEqual([])
})

test('closing commits what was given, folds the log away, and refuses what comes after', async () => {
  const { folder, database } = await temporaryDatabase()
  const given = database.write([insert(database, 'Boards')])
  await database.close()
  await given
  expect(existsSync(join(folder, 'lineside.db-wal'))).toBe(false)
  await expect(database.write([insert(database, 'Late')])).rejects.toThrow('closed')
})

test('a database that cannot be opened says so', async () => {
  await expect(openDatabase('/nowhere/at/all', keepingLogger())).rejects.toThrow(DatabaseError)
})
