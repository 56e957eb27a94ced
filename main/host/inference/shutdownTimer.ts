import type { Release } from '../../base/disposables.ts'
import type { TimeSource } from '../../base/timeSource.ts'
import { runReasonText, type Setup } from '../../contract/index.ts'

export type Shutdown = Setup['general']['shutdown']

/** How often it looks at the clock again, which may have been set meanwhile. No timer is ever longer. */
const lookEveryMs = 30_000
const minuteMs = 60_000
const hourMs = 60 * minuteMs

/**
 * Ends a run at its shutdown time (F6). Idle minutes and hours after the start are counted by the clock that never goes
 * back; a time of day is the first such moment after the start by the wall clock, however that is set meanwhile.
 */
export class ShutdownTimer {
  readonly #shutdown: Shutdown
  readonly #time: TimeSource
  readonly #isIdle: () => boolean
  readonly #end: (reason: string) => void
  readonly #startedAt: number
  #touchedAt: number
  /** Of a time of day: the moment, epoch ms. */
  #dayTimeAt = Infinity
  #cancel: Release | undefined
  #closed = false

  /**
   * Counts from now.
   * @param isIdle Whether a run without requests counts as idle now. @param end Called at most once.
   */
  constructor(shutdown: Shutdown, time: TimeSource, isIdle: () => boolean, end: (reason: string) => void) {
    this.#shutdown = shutdown
    this.#time = time
    this.#isIdle = isIdle
    this.#end = end
    this.#startedAt = time.elapsed()
    this.#touchedAt = this.#startedAt
    if (shutdown.kind !== 'never') this.#look()
  }

  /** The run is not idle now. A person's try does not count. */
  touch(): void {
    this.#touchedAt = this.#time.elapsed()
  }

  /** When the run ends, as things stand now; epoch ms. */
  get at(): number | null {
    const left = this.#leftMs()
    return this.#closed || left === null ? null : this.#time.now() + left
  }

  close(): void {
    this.#closed = true
    void this.#cancel?.()
  }

  #look(): void {
    if (this.#closed) return
    const left = this.#leftMs() ?? Infinity
    if (left > 0) this.#cancel = this.#time.after(Math.min(left, lookEveryMs), () => this.#look())
    else {
      this.#closed = true
      this.#end(reasonOf(this.#shutdown))
    }
  }

  /** Null where it never ends by itself. */
  #leftMs(): number | null {
    const shutdown = this.#shutdown
    const elapsed = this.#time.elapsed()
    if (!this.#isIdle()) this.touch()
    switch (shutdown.kind) {
      case 'never':
        return null
      case 'idle':
        return this.#touchedAt + shutdown.minutes * minuteMs - elapsed
      case 'after':
        return this.#startedAt + shutdown.hours * hourMs - elapsed
      case 'at':
        return this.#dayTime(shutdown.time) - this.#time.now()
    }
  }

  /** Once set it only comes nearer: a clock set back by days does not put it off by days. */
  #dayTime(time: string): number {
    this.#dayTimeAt = Math.min(this.#dayTimeAt, nextDayTime(time, this.#time.now()))
    return this.#dayTimeAt
  }
}

/** The first moment after `now` at which the local clock shows this time, such as `22:00`; epoch ms. */
export function nextDayTime(time: string, now: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const moment = new Date(now)
  moment.setHours(hours, minutes, 0, 0)
  if (moment.getTime() <= now) {
    moment.setDate(moment.getDate() + 1)
    moment.setHours(hours, minutes, 0, 0)
  }
  return moment.getTime()
}

function reasonOf(shutdown: Shutdown): string {
  switch (shutdown.kind) {
    case 'never':
      return 'never'
    case 'idle':
      return runReasonText('idle', shutdown.minutes)
    case 'after':
      return runReasonText('after', shutdown.hours)
    case 'at':
      return runReasonText('at', shutdown.time)
  }
}
