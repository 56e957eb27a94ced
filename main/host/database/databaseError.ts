import type { PlainError } from './threadMessages.ts'

/** A statement or the database itself failed. */
export class DatabaseError extends Error {
  /** SQLite's, such as `SQLITE_CONSTRAINT_UNIQUE`; null where the fault lies elsewhere. */
  readonly code: string | null

  constructor({ message, code }: PlainError) {
    super(message)
    this.name = 'DatabaseError'
    this.code = code
  }
}

/**
 * Whether a write failed because a value that must be unique is taken.
 * @param column Such as `projects.name`; absent: any.
 */
export function isUniqueViolation(error: unknown, column?: string): boolean {
  if (!(error instanceof DatabaseError)) return false
  if (error.code !== 'SQLITE_CONSTRAINT_UNIQUE' && error.code !== 'SQLITE_CONSTRAINT_PRIMARYKEY') return false
  return column === undefined || error.message.includes(column)
}

/** Whether a write failed because the disk is full. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === 'SQLITE_FULL'
}

/** Whether the database is well and the values of a write were not. */
export function isConstraintViolation(error: unknown): boolean {
  return error instanceof DatabaseError && error.code !== null && error.code.startsWith('SQLITE_CONSTRAINT')
}
