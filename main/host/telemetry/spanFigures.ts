import { decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js'
import { z } from 'zod'
import type { LatestPrediction, Stage, Timing } from '../../contract/index.ts'
import { addLatency, newLatencies } from './slidingLatencies.ts'
import { stageTimes } from './stages.ts'

/** As a row holds it: JSON texts, the latencies' histograms in HdrHistogram's compressed form. */
export interface StoredSpan {
  counts: string
  latencies: string
  most_queued: number
}

const counts = z.record(z.string(), z.number().int())
const latencies = z.record(z.string(), z.string())

/**
 * What happened in a span of time. Two of them merge into exactly what one over both spans would hold: counts add up,
 * and so do histograms, while percentiles would not.
 */
export class SpanFigures {
  readonly #counts = new Map<string, number>()
  readonly #stages = new Map<string, Histogram>()
  #mostQueued = 0

  /** The most requests that were seen waiting. */
  get mostQueued(): number {
    return this.#mostQueued
  }

  answered({ predictions }: Pick<LatestPrediction, 'predictions'>, timing: Timing): void {
    this.add('requests')
    this.add('predictions', predictions.length)
    this.add('unknown', predictions.filter(({ unknown }) => unknown).length)
    for (const [stage, ms] of stageTimes(timing)) addLatency(this.#latenciesOf(stage), ms)
  }

  failed(code: string): void {
    this.add('requests')
    this.add(`failed:${code}`)
  }

  waiting(queued: number): void {
    this.#mostQueued = Math.max(this.#mostQueued, queued)
  }

  /** Counts what goes by this name. */
  add(name: string, by = 1): void {
    if (by > 0) this.#counts.set(name, this.count(name) + by)
  }

  count(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  /** The counts whose names begin so, by what comes after. */
  countsOf(prefix: string): Record<string, number> {
    const found = [...this.#counts].filter(([name]) => name.startsWith(prefix))
    return Object.fromEntries(found.map(([name, count]) => [name.slice(prefix.length), count]))
  }

  /** In microseconds; undefined where nothing was measured. */
  latencies(stage: Stage): Histogram | undefined {
    return this.#stages.get(stage)
  }

  merge(other: SpanFigures): void {
    for (const [name, count] of other.#counts) this.add(name, count)
    for (const [stage, histogram] of other.#stages) this.#latenciesOf(stage).add(histogram)
    this.waiting(other.#mostQueued)
  }

  stored(): StoredSpan {
    const encoded = [...this.#stages].map(([stage, histogram]) => [stage, encodeIntoCompressedBase64(histogram)])
    return {
      counts: JSON.stringify(Object.fromEntries(this.#counts)),
      latencies: JSON.stringify(Object.fromEntries(encoded)),
      most_queued: this.#mostQueued
    }
  }

  static from(stored: StoredSpan): SpanFigures {
    const figures = new SpanFigures()
    for (const [name, count] of Object.entries(counts.parse(JSON.parse(stored.counts)))) figures.add(name, count)
    for (const [stage, text] of Object.entries(latencies.parse(JSON.parse(stored.latencies)))) {
      figures.#latenciesOf(stage).add(decodeFromCompressedBase64(text))
    }
    figures.waiting(stored.most_queued)
    return figures
  }

  #latenciesOf(stage: string): Histogram {
    const known = this.#stages.get(stage) ?? newLatencies(2)
    this.#stages.set(stage, known)
    return known
  }
}
