import { isUnknown, meetsThreshold, type Prediction, type Task } from '../../contract/index.ts'
import type { RecentPrediction, RecentRequest } from '../recent/recentRequests.ts'
import type { Observed, SamplingSetup } from './rules.ts'

/** A setup's parts that say what is answered, unknown and recorded. */
export interface JudgingSetup extends SamplingSetup {
  task: Task
  /** What is not above it is not answered; null where the family has no floor. */
  floor: number | null
  /** A class that is absent is never unknown. */
  classThresholds: Readonly<Record<string, number>>
}

/** What the rules see of a request, and when it came (ms; in order). */
export interface Moment extends Observed {
  at: number
}

/** What a setup's rules would have seen of recent requests. Times never go back, as a run's own clock does not. */
export function momentsOf(setup: JudgingSetup, requests: readonly RecentRequest[]): Moment[] {
  let at = -Infinity
  return requests.map((request) => {
    at = Math.max(at, request.at)
    const [predictions, candidates]: [Prediction[], Prediction[]] = [[], []]
    for (const one of request.predictions)
      (isAnswered(one, setup.floor) ? predictions : candidates).push(judge(one, setup))
    return { at, predictions, candidates }
  })
}

/** Whether it would be answered, not only seen by the confidence rule. */
export function isAnswered({ confidence, candidate }: RecentPrediction, floor: number | null): boolean {
  return floor === null ? !candidate : confidence > floor
}

function judge(recent: RecentPrediction, { classThresholds, sizeMeasurement }: JudgingSetup): Prediction {
  const { class: name, confidence, areaPx } = recent
  const prediction = { class: name, confidence, unknown: isUnknown(recent, classThresholds) }
  if (areaPx === null || !sizeMeasurement.enabled) return prediction
  const measured = { ...prediction, mask: { areaPx } }
  const met = sizeMeasurement.thresholds.filter((threshold) => meetsThreshold(measured, threshold))
  return { ...measured, sizeThresholds: met.map(({ name: threshold }) => ({ name: threshold, metadata: {} })) }
}
