/** One time limit that several steps share, one after the other. */
export class Deadline {
  readonly #ms: number
  #endsAt: number | undefined

  constructor(ms: number) {
    this.#ms = ms
  }

  /** What is left in ms; the first to ask starts the clock. */
  remainingMs(): number {
    this.#endsAt ??= performance.now() + this.#ms
    return Math.max(0, this.#endsAt - performance.now())
  }
}
