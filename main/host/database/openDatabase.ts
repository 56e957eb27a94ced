import { join } from 'node:path'
import { Kysely, type CompiledQuery } from 'kysely'
import { entryBeside } from '../../base/entry.ts'
import type { Logger } from '../../base/logger.ts'
import { Refusal } from '../refusal.ts'
import type { Database, WriteResult } from './database.ts'
import { DatabaseError } from './databaseError.ts'
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
    const readers = await Promise.all(Array.from({ length: readerCount }, (_, index) => startReader(file, index)))
    return new ThreadedDatabase(writer, readers)
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

function startReader(file: string, index: number): Promise<ReaderThread> {
  return DatabaseThread.start(entryBeside(import.meta.url, './readerThread'), `database reader ${index + 1}`, file)
}

export class ThreadedDatabase implements Database {
  readonly read: Kysely<Tables>
  readonly #writer: WriterThread
  readonly #readers: readonly ReaderThread[]

  constructor(writer: WriterThread, readers: readonly ReaderThread[]) {
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

  write(statements: readonly CompiledQuery[]): Promise<WriteResult[]> {
    return this.#writer.call(statements.map(({ sql, parameters }) => ({ sql, parameters })))
  }

  /** Readers first: the last connection to close must be able to fold the write-ahead log into the database. */
  async close(): Promise<void> {
    await this.read.destroy()
    await Promise.all(this.#readers.map((reader) => reader.close()))
    await this.#writer.close()
  }
}
