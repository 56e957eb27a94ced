import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult
} from 'kysely'
import type { DatabaseThread } from './databaseThread.ts'
import type { Statement } from './threadMessages.ts'

export type ReaderThread = DatabaseThread<Statement, unknown[]>

/** Kysely over reader threads: each query goes to the one with the least to do. */
export function threadDialect(readers: readonly ReaderThread[]): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ThreadDriver(readers),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler()
  }
}

class ThreadDriver implements Driver {
  readonly #readers: readonly ReaderThread[]

  constructor(readers: readonly ReaderThread[]) {
    this.#readers = readers
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const reader = this.#readers.reduce((least, next) => (next.waiting < least.waiting ? next : least))
    return new ThreadConnection(reader)
  }

  async releaseConnection(): Promise<void> {}

  async beginTransaction(): Promise<never> {
    throw new Error('reads have no transaction; what must be atomic is one list of statements for Database.write')
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  /** The threads belong to the database, which ends them. */
  async destroy(): Promise<void> {}
}

class ThreadConnection implements DatabaseConnection {
  readonly #reader: ReaderThread

  constructor(reader: ReaderThread) {
    this.#reader = reader
  }

  /** SQLite knows no types of rows: they are what the tables' interfaces say, since the schema is STRICT. */
  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const rows = await this.#reader.call({ sql, parameters })
    return { rows: rows as R[] }
  }

  streamQuery(): never {
    throw new Error('rows are read by pages, not as a stream')
  }
}
