import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { id } from '../../contract/index.ts'
import { partPaths, RotatingFile, type Rotation } from './rotatingFile.ts'

export interface RunLogLimits extends Rotation {
  /** Runs whose logs are kept at most, and what they take together; the least recently written go first. */
  runs: number
  allBytes: number
}

/** A run's log as it lies in the folder. */
export interface KeptLog {
  run: string
  bytes: number
  /** Epoch ms of its last line. */
  lastAt: number
}

/** Runs in whose files lines were written lately. */
const mostOpen = 64

/** The logs of the runs: `<run's id>.log` and its older parts in one folder, which must exist. */
export class RunLogs {
  readonly #folder: string
  readonly #limits: RunLogLimits
  readonly #files = new Map<string, RotatingFile>()
  #pruning: Promise<void> = Promise.resolve()
  #dropped = 0

  constructor(folder: string, limits: RunLogLimits) {
    this.#folder = folder
    this.#limits = limits
  }

  /** Lines that could not be written. */
  get dropped(): number {
    return [...this.#files.values()].reduce((sum, file) => sum + file.dropped, this.#dropped)
  }

  write(run: string, line: string): void {
    this.#file(run).write(line)
  }

  /** The files of a run's log that may be there, the oldest first. */
  parts(run: string): string[] {
    return partPaths(this.#path(run), this.#limits.files)
  }

  /** The last written first. */
  async list(): Promise<KeptLog[]> {
    const logs = new Map<string, KeptLog>()
    for (const name of await readdir(this.#folder)) {
      const run = runOf(name)
      const part = run === null ? null : await stat(join(this.#folder, name)).catch(() => null)
      if (run === null || !part) continue
      const before = logs.get(run) ?? { run, bytes: 0, lastAt: 0 }
      logs.set(run, { run, bytes: before.bytes + part.size, lastAt: Math.max(before.lastAt, part.mtimeMs) })
    }
    return [...logs.values()].toSorted((a, b) => b.lastAt - a.lastAt)
  }

  /** Resolves once what was given so far is in the files. */
  async flushed(): Promise<void> {
    await Promise.all([...this.#files.values()].map((file) => file.flushed()))
    await this.#pruning
  }

  #file(run: string): RotatingFile {
    const known = this.#files.get(run)
    if (known) return known
    const file = new RotatingFile(this.#path(run), this.#limits)
    this.#files.set(run, file)
    if (this.#files.size > mostOpen) this.#forgetOldest()
    // A log that cannot be removed now is tried again with the next run.
    this.#pruning = this.#pruning.then(() => this.#prune()).catch(() => undefined)
    return file
  }

  #forgetOldest(): void {
    const [oldest] = this.#files
    if (!oldest) return
    this.#dropped += oldest[1].dropped
    this.#files.delete(oldest[0])
  }

  async #prune(): Promise<void> {
    let bytes = 0
    for (const [index, log] of (await this.list()).entries()) {
      bytes += log.bytes
      if (index < this.#limits.runs && bytes <= this.#limits.allBytes) continue
      for (const path of this.parts(log.run)) await rm(path, { force: true })
    }
  }

  #path(run: string): string {
    return join(this.#folder, `${run}.log`)
  }
}

const fileName = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}\.log(\.\d+)?$/)

function runOf(name: string): string | null {
  return fileName.safeParse(name).success ? id.parse(name.slice(0, 26)) : null
}
