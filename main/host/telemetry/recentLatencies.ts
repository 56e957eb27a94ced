import type { Histogram } from 'hdr-histogram-js'
import { addLatency, newLatencies, percentilesOf } from './slidingLatencies.ts'

/** The 95th percentile in each of the last `length` spans, the present one included; only that one is kept whole. */
export class RecentLatencies {
  readonly #spanMs: number
  readonly #p95: (number | null)[]
  readonly #now: () => number
  readonly #present: Histogram = newLatencies(2)
  #span: number

  constructor(spanMs: number, length: number, now: () => number) {
    this.#spanMs = spanMs
    this.#p95 = Array.from({ length }, () => null)
    this.#now = now
    this.#span = this.#spanNow()
  }

  add(ms: number): void {
    this.#slide()
    addLatency(this.#present, ms)
  }

  /** In ms, the oldest first; null where nothing was measured. */
  values(): (number | null)[] {
    this.#slide()
    return [...this.#p95.slice(0, -1), percentilesOf(this.#present).p95]
  }

  #spanNow(): number {
    return Math.floor(this.#now() / this.#spanMs)
  }

  #slide(): void {
    const passed = Math.min(this.#spanNow() - this.#span, this.#p95.length)
    if (passed === 0) return
    this.#p95[this.#p95.length - 1] = percentilesOf(this.#present).p95
    this.#present.reset()
    this.#p95.splice(0, passed)
    this.#p95.push(...Array.from({ length: passed }, () => null))
    this.#span = this.#spanNow()
  }
}
