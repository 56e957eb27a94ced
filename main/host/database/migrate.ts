import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import type { Connection } from './connection.ts'
import type { Migration } from './migrations.ts'

/** What an upgrade did; `backup` is null where there was nothing to copy. */
export interface MigrationReport {
  from: number
  to: number
  backup: string | null
}

/** The database was written by a newer version of the program. */
export class DatabaseNewer extends Error {
  readonly code = 'DATABASE_NEWER'
}

/**
 * Brings the schema up to the last of `migrations`, each step in a transaction of its own; before the first of them
 * a database that holds data is copied to `<file>.before-<number of that step>`.
 * @throws DatabaseNewer with the way back; an error that names the step and the copy where a step failed.
 */
export function migrate(connection: Connection, file: string, migrations: readonly Migration[]): MigrationReport {
  const from = schemaNumber(connection)
  const latest = Math.max(0, ...migrations.map((step) => step.number))
  if (from > latest) throw new DatabaseNewer(newerMessage(file, from, latest))
  const pending = migrations.filter((step) => step.number > from)
  const first = pending[0]
  if (!first) return { from, to: from, backup: null }
  const backup = from === 0 ? null : copyTo(connection, backupName(file, first.number))
  for (const step of pending) apply(connection, step, backup)
  return { from, to: latest, backup }
}

function schemaNumber(connection: Connection): number {
  return z
    .number()
    .int()
    .parse(connection.pragma('user_version', { simple: true }))
}

/** Foreign keys are off during a step, since rebuilding a table drops it; they are checked before it commits. */
function apply(connection: Connection, step: Migration, backup: string | null): void {
  connection.pragma('foreign_keys = OFF')
  try {
    connection.transaction(() => {
      connection.exec(step.sql)
      const broken = z.array(z.unknown()).parse(connection.pragma('foreign_key_check'))
      if (broken.length > 0) throw new Error(`${broken.length} rows point at rows that are not there`)
      connection.pragma(`user_version = ${step.number}`)
    })()
  } catch (cause) {
    throw new Error(failedMessage(step, backup, cause), { cause })
  } finally {
    connection.pragma('foreign_keys = ON')
  }
}

/** A whole copy, also of what is still in the write-ahead log; under its name only once it is complete and synced. */
function copyTo(connection: Connection, target: string): string {
  const part = `${target}.part`
  rmSync(part, { force: true })
  connection.prepare('VACUUM INTO ?').run(part)
  const handle = openSync(part, 'r+')
  fsyncSync(handle)
  closeSync(handle)
  renameSync(part, target)
  return target
}

function backupName(file: string, number: number): string {
  return `${file}.before-${number}`
}

function failedMessage(step: Migration, backup: string | null, cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const back = backup
    ? ` The data from before the upgrade lies in ${backup}: put it in the database's place to go on with the version that wrote it.`
    : ''
  return `Migration ${step.number} (${step.name}) of the database failed and was undone: ${reason}.${back}`
}

function newerMessage(file: string, found: number, latest: number): string {
  const copies = Array.from({ length: found - latest }, (_, index) => backupName(file, latest + 1 + index))
  const usable = copies.find((copy) => existsSync(copy))
  const back = usable
    ? ` To go back, stop Lineside and put the copy ${basename(usable)} in its place (what was recorded since is then missing).`
    : ''
  return (
    `The database ${file} was written by a newer Lineside (schema ${found}; this version knows ${latest}). ` +
    `Start that newer version.${back}`
  )
}
