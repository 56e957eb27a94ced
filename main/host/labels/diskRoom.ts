import { statfs } from 'node:fs/promises'
import { Refusal } from '../refusal.ts'

const freshMs = 1000

/** Whether the disk has room for more; asks the system at most once a second. */
export class DiskRoom {
  readonly #folder: string
  readonly #leastFreeBytes: number
  readonly #now: () => number
  #measured: Promise<number> | null = null
  #measuredAt = -Infinity
  #takenSince = 0

  /** @param now monotonic, in ms */
  constructor(folder: string, leastFreeBytes: number, now: () => number = () => performance.now()) {
    this.#folder = folder
    this.#leastFreeBytes = leastFreeBytes
    this.#now = now
  }

  /**
   * Counts so many bytes as used from now on.
   * @throws Refusal STORAGE_FULL where less than the least free bytes would remain
   */
  async take(bytes: number): Promise<void> {
    const free = (await this.#free()) - this.#takenSince
    if (free - bytes < this.#leastFreeBytes) throw this.#full(free)
    this.#takenSince += bytes
  }

  #free(): Promise<number> {
    if (this.#measured === null || this.#now() - this.#measuredAt >= freshMs) {
      this.#measuredAt = this.#now()
      this.#takenSince = 0
      this.#measured = statfs(this.#folder).then(({ bavail, bsize }) => bavail * bsize)
    }
    return this.#measured
  }

  #full(free: number): Refusal {
    const megabytes = (bytes: number) => `${Math.max(0, Math.round(bytes / 1e6))} MB`
    return new Refusal(
      'STORAGE_FULL',
      `The disk of ${this.#folder} has ${megabytes(free)} free, and ${megabytes(this.#leastFreeBytes)} are to stay free. ` +
        'Delete imports that are no longer needed, or make room on the disk.'
    )
  }
}
