import type { ErrorCode, Figures, LatestPrediction, Timing } from '../../contract/index.ts'
import type { RecordingTroubleCode } from './recordingTrouble.ts'

/** What is counted request by request; the sampler and the dispatcher tell the rest. */
export type RequestFigures = Omit<Figures, 'sampling' | 'unanswered'>

/** `recent` of the figures: so many spans of so long. */
export const recentSpans = { count: 60, ms: 15_000 } as const

/** What counts a run's requests; tries are not told. */
export interface RunMeasures {
  answered(latest: LatestPrediction, timing: Timing): void
  /** A request of tensors, which has no predictions. */
  inferred(timing: Timing): void
  /** @param code Of the contract's table of errors. */
  failed(code: ErrorCode): void
  recorded(): void
  recordingTroubled(code: RecordingTroubleCode): void
  /** So many requests wait now. */
  waiting(queued: number): void
  /** The run is over. */
  ended(): void
  /** @param queued Requests that wait now. */
  figures(queued: number): RequestFigures
}

/** The figures of an inference that is not running. */
export function noFigures(): Figures {
  return {
    requests: 0,
    failures: 0,
    failuresByCode: {},
    perMinute: 0,
    latencyMs: { p50: null, p95: null, p99: null },
    stagesMs: {},
    queued: 0,
    unanswered: 0,
    unknownShare: null,
    verdicts: { ok: 0, warn: 0, ng: 0 },
    recorded: 0,
    recordingFailures: 0,
    dropped: 0,
    sampling: [],
    recent: Array.from({ length: recentSpans.count }, () => 0),
    recentP95Ms: Array.from({ length: recentSpans.count }, () => null)
  }
}
