import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pino, type Logger as Pino } from 'pino'
import type { LogRecord } from '../../contract/index.ts'
import type { Logger, LogLevel } from '../../base/logger.ts'
import { isoTimestamp } from '../clock.ts'
import type { EventBus } from '../eventBus.ts'
import { RotatingFile, type Rotation } from './rotatingFile.ts'

const rotation: Rotation = { mostBytes: 10 * 1024 * 1024, files: 5 }
const keptLines = 1000

type Fields = Record<string, unknown>

/** The host's log: a file of JSON lines, the last lines of each inference in memory, and events for the windows. */
export class Logs {
  /** A child with the field `inference` (a slug) writes to that inference's log. */
  readonly logger: Logger
  readonly #lines = new Map<string, LogRecord[]>()
  readonly #bus: EventBus
  readonly #file: RotatingFile
  readonly #unsubscribe: () => void | Promise<void>

  private constructor(file: RotatingFile, level: LogLevel, bus: EventBus) {
    this.#file = file
    this.#bus = bus
    this.logger = new HostLogger(openPino(file, level), {}, (record) => this.#keep(record))
    this.#unsubscribe = bus.subscribe((event) => {
      if (event.type === 'inference-removed') this.#lines.delete(event.slug)
    })
  }

  /** Writes to `logs/lineside.log` of the data folder. */
  static async open(dataFolder: string, level: LogLevel, bus: EventBus, limits = rotation): Promise<Logs> {
    const folder = join(dataFolder, 'logs')
    await mkdir(folder, { recursive: true })
    return new Logs(await RotatingFile.open(join(folder, 'lineside.log'), limits), level, bus)
  }

  /** The last lines of an inference's log, the oldest first. */
  of(inference: string): LogRecord[] {
    return [...(this.#lines.get(inference) ?? [])]
  }

  /** Writes what waits, then ends; later lines are lost. */
  async close(): Promise<void> {
    await this.#unsubscribe()
    await this.#file.close()
  }

  #keep(record: LogRecord): void {
    if (record.inference !== null) this.#append(record.inference, record)
    this.#bus.publish({ type: 'log', record })
  }

  #append(inference: string, record: LogRecord): void {
    const lines = this.#lines.get(inference) ?? []
    this.#lines.set(inference, lines)
    if (lines.push(record) > keptLines) lines.shift()
  }
}

/** `Logger` over pino, which also tells of what the level lets through. */
class HostLogger implements Logger {
  readonly #pino: Pino
  readonly #fields: Fields
  readonly #told: (record: LogRecord) => void

  constructor(pino: Pino, fields: Fields, told: (record: LogRecord) => void) {
    this.#pino = pino
    this.#fields = fields
    this.#told = told
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
    return new HostLogger(this.#pino.child(fields), { ...this.#fields, ...fields }, this.#told)
  }

  #write(level: LogLevel, message: string, fields: Fields = {}): void {
    if (!this.#pino.isLevelEnabled(level)) return
    this.#pino[level](fields, message)
    const { inference } = { ...this.#fields, ...fields }
    this.#told({
      at: isoTimestamp(),
      level,
      inference: typeof inference === 'string' ? inference : null,
      message: inWords(message, fields)
    })
  }
}

function openPino(file: RotatingFile, level: LogLevel): Pino {
  const words = { level: (label: string) => ({ level: label }) }
  const timestamp = () => `,"time":"${isoTimestamp()}"`
  return pino({ level, base: null, messageKey: 'message', timestamp, formatters: words }, file)
}

function inWords(message: string, fields: Fields): string {
  const words = Object.entries(fields).map(
    ([key, value]) => `${key}: ${value instanceof Error ? value.message : String(value)}`
  )
  return words.length === 0 ? message : `${message} (${words.join(', ')})`
}
