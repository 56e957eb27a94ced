import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { logLine, type LogFile, type LogQuery, type LogRecord } from '../../contract/index.ts'
import type { Logger, LogLevel } from '../../base/logger.ts'
import { isoTimestamp } from '../clock.ts'
import type { EventBus } from '../eventBus.ts'
import { Refusal } from '../refusal.ts'
import { hostLogger } from './hostLogger.ts'
import { logContent, readLogPage, type LogPage } from './logLines.ts'
import { partPaths, RotatingFile, sizeOf, type Rotation } from './rotatingFile.ts'
import { RunLogs, type RunLogLimits } from './runLogs.ts'
import { Secrets } from './secrets.ts'

const megabyte = 1024 * 1024
const defaultLimits = {
  app: { mostBytes: 10 * megabyte, files: 5 },
  run: { mostBytes: 10 * megabyte, files: 2, runs: 200, allBytes: 200 * megabyte }
}
const keptLines = 1000

/**
 * The host's log and one for each run, as files of JSON lines; the last lines of each inference in memory; and events
 * for the windows. The host's holds all lines, in the order of time.
 */
export class Logs {
  /** A child with the fields `run` (its id) and `inference` (a slug) writes to that run's log too. */
  readonly logger: Logger
  readonly secrets = new Secrets()
  readonly #path: string
  readonly #limits: { app: Rotation; run: RunLogLimits }
  readonly #app: RotatingFile
  readonly #runs: RunLogs
  readonly #lines = new Map<string, LogRecord[]>()
  readonly #bus: EventBus
  readonly #unsubscribe: () => void | Promise<void>

  private constructor(folder: string, level: LogLevel, bus: EventBus, limits: { app: Rotation; run: RunLogLimits }) {
    this.#path = join(folder, 'lineside.log')
    this.#limits = limits
    this.#app = new RotatingFile(this.#path, limits.app)
    this.#runs = new RunLogs(join(folder, 'runs'), limits.run)
    this.#bus = bus
    this.logger = hostLogger(level, this.secrets, (line) => this.#keep(line))
    this.#unsubscribe = bus.subscribe((event) => {
      if (event.type === 'inference-removed') this.#lines.delete(event.slug)
    })
  }

  /** Writes to `logs/lineside.log` and `logs/runs/` of the data folder. */
  static async open(dataFolder: string, level: LogLevel, bus: EventBus, limits = defaultLimits): Promise<Logs> {
    const folder = join(dataFolder, 'logs')
    await mkdir(join(folder, 'runs'), { recursive: true })
    return new Logs(folder, level, bus, limits)
  }

  /** Lines that could not be written since the host started. */
  get dropped(): number {
    return this.#app.dropped + this.#runs.dropped
  }

  /** The last lines of an inference's log, the oldest first. */
  of(inference: string): LogRecord[] {
    return [...(this.#lines.get(inference) ?? [])]
  }

  /** The application's log first, then the runs', the last written first. */
  async list(): Promise<LogFile[]> {
    const runs = (await this.#runs.list()).map(({ run, bytes, lastAt }) => fileView(run, bytes, lastAt))
    const app = await stat(this.#path).catch(() => null)
    if (!app) return runs
    const older = await Promise.all(this.#parts('app').slice(0, -1).map(sizeOf))
    const bytes = older.reduce((sum, size) => sum + size, app.size)
    return [fileView('app', bytes, app.mtimeMs), ...runs]
  }

  /** Lines of a log, the newest first. @throws Refusal NOT_FOUND */
  async read(log: string, query: LogQuery): Promise<LogPage> {
    await this.#mustBeThere(log)
    return readLogPage(this.#parts(log), query)
  }

  /** A whole log as it is, the oldest line first. @throws Refusal NOT_FOUND */
  async content(log: string): Promise<Readable> {
    await this.#mustBeThere(log)
    return logContent(this.#parts(log))
  }

  /** Writes what waits; later lines are lost. */
  async close(): Promise<void> {
    await this.#unsubscribe()
    await this.flushed()
  }

  /** Resolves once what was logged so far is in the files. */
  async flushed(): Promise<void> {
    await Promise.all([this.#app.flushed(), this.#runs.flushed()])
  }

  #parts(log: string): string[] {
    return log === 'app' ? partPaths(this.#path, this.#limits.app.files) : this.#runs.parts(log)
  }

  async #mustBeThere(log: string): Promise<void> {
    await this.flushed()
    if (log === 'app') return
    const sizes = await Promise.all(this.#parts(log).map(sizeOf))
    if (sizes.some((size) => size > 0)) return
    throw new Refusal('NOT_FOUND', `there is no log “${log}”; that of a run goes when newer ones need the room`)
  }

  #keep(line: string): void {
    this.#app.write(line)
    // Fields may go by the names of ours; such a line is in the file and nowhere else.
    const record = logLine.safeParse(JSON.parse(line)).data
    if (!record) return
    if (record.run !== null) this.#runs.write(record.run, line)
    if (record.inference !== null) this.#append(record.inference, record)
    this.#bus.publish({ type: 'log', record })
  }

  #append(inference: string, record: LogRecord): void {
    const lines = this.#lines.get(inference) ?? []
    this.#lines.set(inference, lines)
    if (lines.push(record) > keptLines) lines.shift()
  }
}

function fileView(log: string, bytes: number, lastAt: number): LogFile {
  return { log, bytes, lastAt: isoTimestamp(new Date(lastAt)) }
}
