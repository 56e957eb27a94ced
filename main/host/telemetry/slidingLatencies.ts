import { build, type Histogram } from 'hdr-histogram-js'
import type { Percentiles } from '../../contract/index.ts'

const spanMs = 60_000
const unitsPerMs = 1000
const longestMs = 2 * 60_000

/**
 * Percentiles of the last one to two minutes in which there was something to measure.
 * Two histograms take turns: the older one is dropped when the newer one is a minute old.
 */
export class SlidingLatencies {
  readonly #now: () => number
  readonly #digits: LatencyDigits
  #newer: Histogram
  #older: Histogram
  #since: number

  constructor(now: () => number, digits: LatencyDigits = 3) {
    this.#now = now
    this.#digits = digits
    this.#newer = newLatencies(digits)
    this.#older = newLatencies(digits)
    this.#since = now()
  }

  add(ms: number): void {
    this.#turn()
    addLatency(this.#newer, ms)
  }

  percentiles(): Percentiles {
    const all = newLatencies(this.#digits)
    all.add(this.#older)
    all.add(this.#newer)
    return percentilesOf(all)
  }

  #turn(): void {
    const age = this.#now() - this.#since
    if (age < spanMs) return
    this.#older = age < 2 * spanMs ? this.#newer : newLatencies(this.#digits)
    this.#newer = newLatencies(this.#digits)
    this.#since = this.#now()
  }
}

/** 3: exact to a thousandth; 2: to a hundredth, in a tenth of the room. */
export type LatencyDigits = 2 | 3

/** Counts latencies up to two minutes, by microseconds. */
export function newLatencies(digits: LatencyDigits): Histogram {
  return build({ numberOfSignificantValueDigits: digits, highestTrackableValue: longestMs * unitsPerMs })
}

/** What is longer than two minutes counts as two minutes. */
export function addLatency(latencies: Histogram, ms: number): void {
  latencies.recordValue(Math.min(longestMs, Math.max(0, ms)) * unitsPerMs)
}

export function percentilesOf(latencies: Histogram): Percentiles {
  const at = (percentile: number) =>
    latencies.totalCount === 0 ? null : latencies.getValueAtPercentile(percentile) / unitsPerMs
  return { p50: at(50), p95: at(95), p99: at(99) }
}
