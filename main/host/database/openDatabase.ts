import { join } from 'node:path'
import { Kysely, type CompiledQuery } from 'kysely'
import { z } from 'zod'
import { entryBeside } from '../../base/entry.ts'
import type { Logger } from '../../base/logger.ts'
import { Refusal } from '../refusal.ts'
import type { Database, WriteResult } from './database.ts'
import { DatabaseError, isConstraintViolation } from './databaseError.ts'
import { DatabaseThread } from './databaseThread.ts'
import type { Tables } from './tables.ts'
import { threadDialect, type ReaderThread } from './threadDialect.ts'
import type { Statement } from './threadMessages.ts'

const readerCount = 2

type WriterThread = DatabaseThread<Statement[], WriteResult[]>

/**
 * Opens `lineside.db` of the data folder, which must exist, and brings its schema up to date.
 * @throws Refusal CONFLICT where a newer Lineside wrote it; DatabaseError where it cannot be opened or migrated.
 */
export async function openDatabase(dataFolder: string, logger: Logger): Promise<ThreadedDatabase> {
  const file = join(dataFolder, 'lineside.db')
  const writer: WriterThread = await startWriter(file)
  if (writer.note) logger.info(`database: ${writer.note}`)
  try {
    const readers = await Promise.all(
      Array.from({ length: readerCount }, (_, index) => startReader(file, String(index + 1)))
    )
    return new ThreadedDatabase(file, writer, readers)
  } catch (error) {
    await writer.close()
    throw error
  }
}

async function startWriter(file: string): Promise<WriterThread> {
  try {
    return await DatabaseThread.start(entryBeside(import.meta.url, './writerThread'), 'database writer', file)
  } catch (error) {
    if (error instanceof DatabaseError && error.code === 'DATABASE_NEWER') throw new Refusal('CONFLICT', error.message)
    throw error
  }
}

function startReader(file: string, name: string): Promise<ReaderThread> {
  return DatabaseThread.start(entryBeside(import.meta.url, './readerThread'), `database reader ${name}`, file)
}

export class ThreadedDatabase implements Database {
  readonly read: Kysely<Tables>
  readonly #writer: WriterThread
  readonly #readers: readonly ReaderThread[]
  readonly #file: string
  #writeTrouble: string | null = null

  constructor(file: string, writer: WriterThread, readers: readonly ReaderThread[]) {
    this.#file = file
    this.#writer = writer
    this.#readers = readers
    this.read = new Kysely<Tables>({ dialect: threadDialect(readers) })
  }

  /** Transactions so far; fewer than writes where they come close together. */
  get transactions(): number {
    return this.#writer.groups
  }

  /** Writes that are not committed yet. */
  get waitingWrites(): number {
    return this.#writer.waiting
  }

  /** Why the last write failed, where it was not for what it would have written; null while writing works. */
  get writeTrouble(): string | null {
    return this.#writeTrouble
  }

  async write(statements: readonly CompiledQuery[]): Promise<WriteResult[]> {
    try {
      const results = await this.#writer.call(statements.map(({ sql, parameters }) => ({ sql, parameters })))
      this.#writeTrouble = null
      return results
    } catch (error) {
      if (!isConstraintViolation(error)) this.#writeTrouble = String(error)
      throw error
    }
  }

  /** What SQLite finds wrong in the whole file, at most ten lines; looked for in a thread of its own, as it takes long. */
  async checkIntegrity(): Promise<string[]> {
    const reader = await startReader(this.#file, 'of the check')
    try {
      const rows = await reader.call({ sql: 'PRAGMA integrity_check(10)', parameters: [] })
      const found = z.array(z.object({ integrity_check: z.string() })).parse(rows)
      return found.map((row) => row.integrity_check).filter((line) => line !== 'ok')
    } finally {
      await reader.close()
    }
  }

  /** Readers first: the last connection to close must be able to fold the write-ahead log into the database. */
  async close(): Promise<void> {
    await this.read.destroy()
    await Promise.all(this.#readers.map((reader) => reader.close()))
    await this.#writer.close()
  }
}
