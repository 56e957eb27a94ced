import { existsSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate } from '../../../main/host/database/migrate.ts'
import { migrations, type Migration } from '../../../main/host/database/migrations.ts'
import { openDatabase } from '../../../main/host/database/openDatabase.ts'
import { Refusal } from '../../../main/host/refusal.ts'
import { atEnd, temporaryFolder } from './helpers.ts'
import { keepingLogger } from './keepingLogger.ts'

const first: Migration = { number: 1, name: 'parts', sql: 'CREATE TABLE parts (id INTEGER PRIMARY KEY) STRICT' }
const second: Migration = { number: 2, name: 'colour', sql: 'ALTER TABLE parts ADD COLUMN colour TEXT' }
const broken: Migration = {
  number: 3,
  name: 'broken',
  sql: 'ALTER TABLE parts ADD COLUMN size INTEGER; SELECT nonsense'
}

async function open() {
  const file = join(await temporaryFolder(), 'lineside.db')
  const connection = new SQLite(file)
  connection.pragma('journal_mode = WAL')
  atEnd(async () => void connection.close())
  return { file, connection }
}

test('an empty database gets all steps and no copy', async () => {
  const { file, connection } = await open()
  expect(migrate(connection, file, [first, second])).toEqual({ from: 0, to: 2, backup: null })
  expect(connection.pragma('user_version', { simple: true })).toBe(2)
  expect(migrate(connection, file, [first, second])).toEqual({ from: 2, to: 2, backup: null })
})

test('before the first new step the data is copied, whole', async () => {
  const { file, connection } = await open()
  migrate(connection, file, [first])
  connection.exec('INSERT INTO parts VALUES (41), (42)')
  const report = migrate(connection, file, [first, second])
  expect(report).toEqual({ from: 1, to: 2, backup: `${file}.before-2` })
  const copy = new SQLite(`${file}.before-2`, { readonly: true })
  expect(copy.pragma('user_version', { simple: true })).toBe(1)
  expect(copy.prepare('SELECT * FROM parts').all()).toEqual([{ id: 41 }, { id: 42 }])
  copy.close()
})

test('a step that fails is undone, and the message names it and the copy', async () => {
  const { file, connection } = await open()
  migrate(connection, file, [first])
  expect(() => migrate(connection, file, [first, second, broken])).toThrow(/Migration 3 \(broken\).*before-2/)
  expect(connection.pragma('user_version', { simple: true })).toBe(2)
  expect(connection.prepare('SELECT colour FROM parts').all()).toEqual([])
  expect(() => connection.prepare('SELECT size FROM parts')).toThrow()
})

test('a step that leaves rows without what they point at is undone', async () => {
  const { file, connection } = await open()
  connection.pragma('foreign_keys = ON')
  const tables = 'CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a INTEGER REFERENCES a (id));'
  const losing = `${tables} INSERT INTO b VALUES (7)`
  expect(() => migrate(connection, file, [{ number: 1, name: 'losing', sql: losing }])).toThrow('point at')
  expect(connection.pragma('user_version', { simple: true })).toBe(0)
  expect(connection.pragma('foreign_keys', { simple: true })).toBe(1)
})

test('a database of a newer version is refused, with the copy that leads back', async () => {
  const folder = await temporaryFolder()
  const file = join(folder, 'lineside.db')
  const connection = new SQLite(file)
  migrate(connection, file, migrations)
  const next = migrations.length + 1
  migrate(connection, file, [...migrations, { ...second, number: next, sql: 'CREATE TABLE parts (id TEXT)' }])
  connection.close()
  const attempt = openDatabase(folder, keepingLogger())
  await expect(attempt).rejects.toThrow(Refusal)
  await expect(attempt).rejects.toThrow(`lineside.db.before-${next}`)
  expect(existsSync(`${file}-wal`)).toBe(false)
})
