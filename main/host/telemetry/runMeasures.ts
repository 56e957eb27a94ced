import type { RunMeasures } from '../inference/measures.ts'
import { RunFigures } from './figures.ts'
import type { Metrics } from './metrics.ts'

/** Counts a run's requests for the window and for Prometheus alike. @param now Of a clock that never goes back, in ms. */
export function runMeasures(metrics: Metrics, slug: string, now: () => number = () => performance.now()): RunMeasures {
  const figures = new RunFigures(now)
  return {
    answered({ totalMs, predictions, verdict }, timing) {
      figures.answered(totalMs, predictions, verdict?.outcome)
      if (verdict) metrics.judged(slug, verdict.outcome)
      metrics.answered(slug, timing)
    },
    inferred(timing) {
      figures.answered(timing.totalMs, [])
      metrics.answered(slug, timing)
    },
    failed() {
      figures.failed()
      metrics.failed(slug)
    },
    recorded() {
      figures.recorded()
      metrics.recorded(slug)
    },
    recordingTroubled(code) {
      figures.recordingFailed()
      metrics.recordingTroubled(slug, code)
    },
    figures: (queued) => figures.snapshot(queued)
  }
}
