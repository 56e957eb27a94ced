import { build, type Histogram } from 'hdr-histogram-js'
import type { Figures } from '../../contract/index.ts'

const spanMs = 60_000
const unitsPerMs = 1000

/**
 * Percentiles of the last one to two minutes in which there was something to measure, exact to a thousandth.
 * Two histograms take turns: the older one is dropped when the newer one is a minute old.
 */
export class SlidingLatencies {
  readonly #now: () => number
  #newer = newHistogram()
  #older = newHistogram()
  #since: number

  constructor(now: () => number) {
    this.#now = now
    this.#since = now()
  }

  add(ms: number): void {
    this.#turn()
    this.#newer.recordValue(Math.max(0, Math.round(ms * unitsPerMs)))
  }

  percentiles(): Figures['latencyMs'] {
    const all = newHistogram()
    all.add(this.#older)
    all.add(this.#newer)
    const at = (percentile: number) => (all.totalCount === 0 ? null : all.getValueAtPercentile(percentile) / unitsPerMs)
    return { p50: at(50), p95: at(95), p99: at(99) }
  }

  #turn(): void {
    const age = this.#now() - this.#since
    if (age < spanMs) return
    this.#older = age < 2 * spanMs ? this.#newer : newHistogram()
    this.#newer = newHistogram()
    this.#since = this.#now()
  }
}

function newHistogram(): Histogram {
  return build({ numberOfSignificantValueDigits: 3, highestTrackableValue: 2 * 60_000 * unitsPerMs })
}
