import { pino, type Logger as Pino } from 'pino'
import type { Logger, LogLevel } from '../../base/logger.ts'
import { isoTimestamp } from '../clock.ts'
import type { Secrets } from './secrets.ts'

type Fields = Record<string, unknown>

/**
 * A logger whose lines are JSON objects that the contract’s `logLine` reads.
 * @param write Gets each line that the level lets through, with its line break and without secrets.
 */
export function hostLogger(level: LogLevel, secrets: Secrets, write: (line: string) => void): Logger {
  const words = { level: (label: string) => ({ level: label }) }
  const timestamp = () => `,"time":"${isoTimestamp()}"`
  const mixin = lineNumbers()
  const lines = pino({ level, base: null, messageKey: 'message', timestamp, mixin, formatters: words }, { write })
  return new HostLogger(lines, secrets)
}

/** Numbers that grow from line to line, and from one host to the next by the clock. */
function lineNumbers(): () => { seq: number } {
  let seq = 0
  return () => {
    seq = Math.max(seq + 1, Date.now() * 1000)
    return { seq }
  }
}

/** `Logger` over pino, which lets no secret through. */
class HostLogger implements Logger {
  readonly #pino: Pino
  readonly #secrets: Secrets

  constructor(pino: Pino, secrets: Secrets) {
    this.#pino = pino
    this.#secrets = secrets
  }

  debug(message: string, fields?: Fields): void {
    this.#write('debug', message, fields)
  }

  info(message: string, fields?: Fields): void {
    this.#write('info', message, fields)
  }

  warn(message: string, fields?: Fields): void {
    this.#write('warn', message, fields)
  }

  error(message: string, fields?: Fields): void {
    this.#write('error', message, fields)
  }

  child(fields: Fields): Logger {
    return new HostLogger(this.#pino.child(this.#secrets.fields(fields)), this.#secrets)
  }

  #write(level: LogLevel, message: string, fields: Fields = {}): void {
    if (!this.#pino.isLevelEnabled(level)) return
    this.#pino[level](this.#secrets.fields(fields), this.#secrets.text(message))
  }
}
