import type { TimeSource } from '../../main/base/timeSource.ts'

/** Time that passes only when the test says so. */
export class HandTime implements TimeSource {
  #now: number
  #elapsed = 0
  readonly #timers = new Set<{ at: number; run: () => void }>()
  /** The longest timer that was asked for. */
  longestMs = 0

  /** @param now Epoch ms that the wall clock shows at first. */
  constructor(now: number) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  elapsed(): number {
    return this.#elapsed
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#elapsed + ms, run }
    this.longestMs = Math.max(this.longestMs, ms)
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  get timers(): number {
    return this.#timers.size
  }

  /** Somebody sets the wall clock; no time passes. */
  setClock(now: number): void {
    this.#now = now
  }

  /** Lets time pass, timer by timer. */
  pass(ms: number): void {
    const end = this.#elapsed + ms
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#moveTo(next.at)
      this.#timers.delete(next)
      next.run()
    }
    this.#moveTo(end)
  }

  #next(end: number) {
    const due = [...this.#timers].filter(({ at }) => at <= end)
    return due.toSorted((a, b) => a.at - b.at)[0]
  }

  #moveTo(elapsed: number): void {
    this.#now += elapsed - this.#elapsed
    this.#elapsed = elapsed
  }
}
