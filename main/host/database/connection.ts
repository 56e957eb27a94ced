import SQLite from 'better-sqlite3'

export type Connection = SQLite.Database
export type PreparedStatement = SQLite.Statement

const busyTimeoutMs = 5000
const mostPrepared = 200

/** The writer's connection. `synchronous=FULL`: a commit has been synced when it returns. */
export function openWriter(file: string): Connection {
  const connection = new SQLite(file, { timeout: busyTimeoutMs })
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  return connection
}

/** A reader's connection: writing statements fail with `SQLITE_READONLY`. */
export function openReader(file: string): Connection {
  return new SQLite(file, { timeout: busyTimeoutMs, readonly: true, fileMustExist: true })
}

/** Keeps the last used statements prepared. */
export class StatementCache {
  readonly #connection: Connection
  readonly #prepared = new Map<string, PreparedStatement>()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  get(sql: string): PreparedStatement {
    const statement = this.#prepared.get(sql) ?? this.#connection.prepare(sql)
    this.#prepared.delete(sql)
    this.#prepared.set(sql, statement)
    if (this.#prepared.size > mostPrepared) this.#dropOldest()
    return statement
  }

  #dropOldest(): void {
    for (const sql of this.#prepared.keys()) {
      this.#prepared.delete(sql)
      return
    }
  }
}
