import type { CompiledQuery, Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** What a statement of a write did. */
export interface WriteResult {
  changes: number
}

/** The label store's database. No SQL runs on the caller's thread. */
export interface Database {
  /** Builds queries; what it executes runs on a reader thread and may not write. */
  read: Kysely<Tables>
  /** Runs the statements, in order, as one atomic unit; resolves once they are committed and synced. */
  write(statements: readonly CompiledQuery[]): Promise<WriteResult[]>
  close(): Promise<void>
}
