/** At most so many events within any span of time, exactly: a window that slides, not one of the calendar. */
export class SlidingLimit {
  readonly #most: number
  readonly #spanMs: number
  /** The times of the last events, at most `most`; once full, a ring whose oldest is at `#oldest`. */
  readonly #times: number[] = []
  #oldest = 0

  constructor(most: number, spanMs: number) {
    this.#most = most
    this.#spanMs = spanMs
  }

  /** Whether one more event at `now` keeps the limit; an event that is a whole span old no longer counts. */
  allows(now: number): boolean {
    if (this.#times.length < this.#most) return true
    return now - (this.#times[this.#oldest] ?? -Infinity) >= this.#spanMs
  }

  /** Counts an event. */
  count(now: number): void {
    if (this.#times.length < this.#most) {
      this.#times.push(now)
      return
    }
    this.#times[this.#oldest] = now
    this.#oldest = (this.#oldest + 1) % this.#most
  }
}
