export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Where parts of the program write what a person may want to read. Never an image, never a token. */
export interface Logger {
  debug(message: string, fields?: Record<string, unknown>): void
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
  /** A logger whose lines carry these fields. */
  child(fields: Record<string, unknown>): Logger
}
