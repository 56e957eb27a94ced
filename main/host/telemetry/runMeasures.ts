import type { RunMeasures } from '../inference/measures.ts'
import { RunFigures } from './figures.ts'
import type { SpanCounter } from './figuresHistory.ts'
import type { Metrics } from './metrics.ts'

/**
 * Counts a run's requests for the window, for Prometheus and for the history alike.
 * @param now Of a clock that never goes back, in ms.
 */
export function runMeasures(
  metrics: Metrics,
  history: SpanCounter,
  slug: string,
  now: () => number = () => performance.now()
): RunMeasures {
  const figures = new RunFigures(now)
  return {
    answered(latest, timing) {
      const outcome = latest.verdict?.outcome
      figures.answered(timing, latest.predictions, outcome)
      metrics.answered(slug, latest, timing)
      history.present.answered(latest, timing)
      if (!outcome) return
      metrics.judged(slug, outcome)
      history.present.add(`verdict:${outcome}`)
    },
    inferred(timing) {
      const nothing = { predictions: [] }
      figures.answered(timing, nothing.predictions)
      metrics.answered(slug, nothing, timing)
      history.present.answered(nothing, timing)
    },
    failed(code) {
      figures.failed(code)
      metrics.failed(slug, code)
      history.present.failed(code)
    },
    recorded() {
      figures.recorded()
      metrics.recorded(slug)
      history.present.add('recorded')
    },
    recordingTroubled(code) {
      const isLost = code !== 'RECORDING_LATE'
      figures.recordingFailed(isLost)
      metrics.recordingTroubled(slug, code)
      if (isLost) history.present.add('dropped')
    },
    waiting: (queued) => history.present.waiting(queued),
    ended: () => history.end(),
    figures: (queued) => figures.snapshot(queued)
  }
}
