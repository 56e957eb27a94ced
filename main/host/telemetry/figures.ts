import type { Outcome, Prediction, Stage, Timing } from '../../contract/index.ts'
import { recentSpans, type RequestFigures } from '../inference/measures.ts'
import { RecentLatencies } from './recentLatencies.ts'
import { SlidingCounts } from './slidingCounts.ts'
import { SlidingLatencies } from './slidingLatencies.ts'
import { stageTimes } from './stages.ts'

/** Figures of one run. Tries are not told. */
export class RunFigures {
  readonly #lastMinute: SlidingCounts
  readonly #recent: SlidingCounts
  readonly #recentP95: RecentLatencies
  readonly #latencies: SlidingLatencies
  readonly #stages = new Map<Stage, SlidingLatencies>()
  readonly #failuresByCode = new Map<string, number>()
  readonly #now: () => number
  #requests = 0
  #predictions = 0
  #unknown = 0
  readonly #verdicts: Record<Outcome, number> = { OK: 0, WARN: 0, NG: 0 }
  #recorded = 0
  #recordingFailures = 0
  #dropped = 0

  /** @param now Of a clock that never goes back, in ms. */
  constructor(now: () => number) {
    this.#now = now
    this.#lastMinute = new SlidingCounts(1000, 60, now)
    this.#recent = new SlidingCounts(recentSpans.ms, recentSpans.count, now)
    this.#recentP95 = new RecentLatencies(recentSpans.ms, recentSpans.count, now)
    this.#latencies = new SlidingLatencies(now)
  }

  answered(timing: Timing, predictions: readonly Prediction[], outcome: Outcome | null = null): void {
    this.#count()
    this.#latencies.add(timing.totalMs)
    this.#recentP95.add(timing.totalMs)
    for (const [name, ms] of stageTimes(timing)) this.#stage(name).add(ms)
    if (outcome) this.#verdicts[outcome] += 1
    this.#predictions += predictions.length
    this.#unknown += predictions.filter((prediction) => prediction.unknown).length
  }

  /** @param code Of the contract's table. */
  failed(code: string): void {
    this.#count()
    this.#failuresByCode.set(code, (this.#failuresByCode.get(code) ?? 0) + 1)
  }

  recorded(): void {
    this.#recorded += 1
  }

  /** @param isLost Or only late. */
  recordingFailed(isLost: boolean): void {
    this.#recordingFailures += 1
    if (isLost) this.#dropped += 1
  }

  /** @param queued Requests that wait now. */
  snapshot(queued: number): RequestFigures {
    return {
      requests: this.#requests,
      failures: [...this.#failuresByCode.values()].reduce((sum, count) => sum + count, 0),
      failuresByCode: Object.fromEntries(this.#failuresByCode),
      perMinute: this.#lastMinute.total(),
      latencyMs: this.#latencies.percentiles(),
      stagesMs: Object.fromEntries([...this.#stages].map(([name, latencies]) => [name, latencies.percentiles()])),
      queued,
      verdicts: { ok: this.#verdicts.OK, warn: this.#verdicts.WARN, ng: this.#verdicts.NG },
      unknownShare: this.#predictions === 0 ? null : this.#unknown / this.#predictions,
      recorded: this.#recorded,
      recordingFailures: this.#recordingFailures,
      dropped: this.#dropped,
      recent: this.#recent.values(),
      recentP95Ms: this.#recentP95.values()
    }
  }

  #stage(name: Stage): SlidingLatencies {
    const known = this.#stages.get(name) ?? new SlidingLatencies(this.#now, 2)
    this.#stages.set(name, known)
    return known
  }

  #count(): void {
    this.#requests += 1
    this.#lastMinute.add()
    this.#recent.add()
  }
}
