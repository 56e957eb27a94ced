const kept = 32

/** How fast requests were answered lately. Times are milliseconds of one monotonic clock. */
export class Throughput {
  readonly #times: number[] = []

  count(at: number): void {
    this.#times.push(at)
    if (this.#times.length > kept) this.#times.shift()
  }

  /** Whole seconds, 1 to 60, in which so many requests are answered at the recent rate. */
  secondsFor(requests: number, now: number): number {
    const [first] = this.#times
    if (first === undefined || now <= first) return 1
    const perMs = this.#times.length / (now - first)
    return Math.min(60, Math.max(1, Math.ceil(requests / perMs / 1000)))
  }
}
