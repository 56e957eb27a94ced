import { watch, type FSWatcher } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '../../base/durableFile.ts'
import type { Release } from '../../base/disposables.ts'

/** A file that has been written whole. */
export interface WholeFile {
  name: string
  bytes: number
  modifiedMs: number
}

/** What lies in the folder, or why it cannot be read. */
export interface Sight {
  files: WholeFile[]
  /** Names of all files, whole or not. */
  names: string[]
  trouble: string | null
}

export interface WatchTimes {
  /** How long a file's size and time must have stayed before it counts as whole. */
  settleMs: number
  /** Between looks where nothing happens: network folders tell nothing of themselves. */
  everyMs: number
}

export const watchTimes: WatchTimes = { settleMs: 1500, everyMs: 5000 }

/** Several events come for each write; one look is enough for them. */
const afterEventMs = 100

/** Tells which files lie whole in a folder, whenever that changes. Links and folders in it are left alone. */
export class WatchedFolder {
  readonly #folder: string
  readonly #times: WatchTimes
  readonly #tell: (sight: Sight) => Promise<void>
  readonly #seen = new Map<string, { key: string; since: number }>()
  #watcher: FSWatcher | undefined
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #told = ''
  #closed = false

  private constructor(folder: string, times: WatchTimes, tell: (sight: Sight) => Promise<void>) {
    this.#folder = folder
    this.#times = times
    this.#tell = tell
  }

  /** @param tell Is awaited before the folder is looked at again. */
  static follow(folder: string, times: WatchTimes, tell: (sight: Sight) => Promise<void>): Release {
    const watched = new WatchedFolder(folder, times, tell)
    watched.#lookIn(0)
    return () => watched.#close()
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer)
    if (this.#closed) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#looking = this.#looking.then(() => this.#look())
    }, ms).unref()
  }

  async #look(): Promise<void> {
    if (this.#closed) return
    this.#listen()
    const { sight, isAllWhole } = await this.#see()
    const now = JSON.stringify(sight)
    if (now !== this.#told) {
      this.#told = now
      await this.#tell(sight)
    }
    // An event of meanwhile asks for a sooner look.
    if (!this.#timer) this.#lookIn(isAllWhole ? this.#times.everyMs : this.#times.settleMs / 2)
  }

  async #see(): Promise<{ sight: Sight; isAllWhole: boolean }> {
    try {
      const files = await this.#files()
      const whole = files.filter((file) => this.#isWhole(file))
      const names = files.map(({ name }) => name)
      for (const name of this.#seen.keys()) if (!names.includes(name)) this.#seen.delete(name)
      return { sight: { files: whole, names, trouble: null }, isAllWhole: whole.length === files.length }
    } catch (error) {
      const trouble = `the folder cannot be read (${systemCode(error) ?? String(error)})`
      return { sight: { files: [], names: [], trouble }, isAllWhole: true }
    }
  }

  async #files(): Promise<WholeFile[]> {
    const names = (await readdir(this.#folder)).filter((name) => !name.startsWith('.')).sort()
    const found = await Promise.all(names.map((name) => fileAt(this.#folder, name)))
    return found.flatMap((file) => file ?? [])
  }

  #isWhole({ name, bytes, modifiedMs }: WholeFile): boolean {
    const key = `${bytes} ${modifiedMs}`
    const before = this.#seen.get(name)
    if (before?.key === key) return performance.now() - before.since >= this.#times.settleMs
    this.#seen.set(name, { key, since: performance.now() })
    return false
  }

  /** Where the system cannot tell, the timer alone has to do. */
  #listen(): void {
    if (this.#watcher) return
    try {
      this.#watcher = watch(this.#folder, { persistent: false }, () => this.#lookIn(afterEventMs))
      this.#watcher.on('error', () => this.#unlisten())
    } catch {
      this.#watcher = undefined
    }
  }

  #unlisten(): void {
    this.#watcher?.close()
    this.#watcher = undefined
  }

  async #close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#unlisten()
    await this.#looking
  }
}

/** Undefined where it is no file, or is gone since it was listed. */
async function fileAt(folder: string, name: string): Promise<WholeFile | undefined> {
  const found = await lstat(join(folder, name)).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  })
  return found?.isFile() ? { name, bytes: found.size, modifiedMs: found.mtimeMs } : undefined
}
