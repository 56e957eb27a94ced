/** Counts of the last `length` spans of `spanMs` each, the present one included. */
export class SlidingCounts {
  readonly #spanMs: number
  readonly #counts: number[]
  readonly #now: () => number
  #span: number

  constructor(spanMs: number, length: number, now: () => number) {
    this.#spanMs = spanMs
    this.#counts = Array.from({ length }, () => 0)
    this.#now = now
    this.#span = this.#present()
  }

  add(): void {
    this.#slide()
    this.#counts[this.#counts.length - 1] = (this.#counts.at(-1) ?? 0) + 1
  }

  /** The oldest first. */
  values(): number[] {
    this.#slide()
    return [...this.#counts]
  }

  total(): number {
    return this.values().reduce((sum, count) => sum + count, 0)
  }

  #present(): number {
    return Math.floor(this.#now() / this.#spanMs)
  }

  #slide(): void {
    const passed = Math.min(this.#present() - this.#span, this.#counts.length)
    for (let span = 0; span < passed; span++) {
      this.#counts.shift()
      this.#counts.push(0)
    }
    this.#span = this.#present()
  }
}
