import type { Outcome, Prediction } from '../../contract/index.ts'
import type { RequestFigures } from '../inference/measures.ts'
import { SlidingCounts } from './slidingCounts.ts'
import { SlidingLatencies } from './slidingLatencies.ts'

/** Figures of one run. Tries are not told. */
export class RunFigures {
  readonly #lastMinute: SlidingCounts
  readonly #minutes: SlidingCounts
  readonly #latencies: SlidingLatencies
  #requests = 0
  #failures = 0
  #predictions = 0
  #unknown = 0
  readonly #verdicts: Record<Outcome, number> = { OK: 0, WARN: 0, NG: 0 }
  #recorded = 0
  #recordingFailures = 0

  /** @param now Of a clock that never goes back, in ms. */
  constructor(now: () => number) {
    this.#lastMinute = new SlidingCounts(1000, 60, now)
    this.#minutes = new SlidingCounts(60_000, 15, now)
    this.#latencies = new SlidingLatencies(now)
  }

  answered(totalMs: number, predictions: readonly Prediction[], outcome: Outcome | null = null): void {
    this.#count()
    this.#latencies.add(totalMs)
    if (outcome) this.#verdicts[outcome] += 1
    this.#predictions += predictions.length
    this.#unknown += predictions.filter((prediction) => prediction.unknown).length
  }

  failed(): void {
    this.#count()
    this.#failures += 1
  }

  recorded(): void {
    this.#recorded += 1
  }

  recordingFailed(): void {
    this.#recordingFailures += 1
  }

  /** @param queued Requests that wait now. */
  snapshot(queued: number): RequestFigures {
    return {
      requests: this.#requests,
      failures: this.#failures,
      perMinute: this.#lastMinute.total(),
      latencyMs: this.#latencies.percentiles(),
      queued,
      verdicts: { ok: this.#verdicts.OK, warn: this.#verdicts.WARN, ng: this.#verdicts.NG },
      unknownShare: this.#predictions === 0 ? null : this.#unknown / this.#predictions,
      recorded: this.#recorded,
      recordingFailures: this.#recordingFailures,
      recent: this.#minutes.values()
    }
  }

  #count(): void {
    this.#requests += 1
    this.#lastMinute.add()
    this.#minutes.add()
  }
}
