/** What passes between the host and a database thread. Both ends are ours and of one version. */

/** SQL with its parameters, compiled on the host. */
export interface Statement {
  sql: string
  parameters: readonly unknown[]
}

/** An error as plain data; `code` is SQLite's, such as `SQLITE_CONSTRAINT_UNIQUE`. */
export interface PlainError {
  message: string
  code: string | null
}

/** The first message of a thread: whether it could open the database. */
export interface OpenedMessage {
  error: PlainError | null
  /** What a person should read in the log, such as that the schema was migrated. */
  note: string | null
}

/** A unit of work; null asks the thread to finish what it has, close the database and end. */
export type ThreadRequest<Body> = { id: number; body: Body } | null

export type ThreadAnswer<Value> = { id: number; value: Value } | { id: number; error: PlainError }

/** Answers that belong together: for the writer those of one transaction. */
export type ThreadAnswers<Value> = ThreadAnswer<Value>[]

export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { message: String(error), code: null }
  const code: unknown = 'code' in error ? error.code : null
  return { message: error.message, code: typeof code === 'string' ? code : null }
}
