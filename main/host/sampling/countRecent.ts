import { confidenceParts, isUnknown, type SamplingEstimate, type UnknownCounts } from '../../contract/index.ts'
import type { RecentPrediction, RecentRequest } from '../recent/recentRequests.ts'
import { isAnswered, type JudgingSetup } from './moments.ts'

/**
 * How many recent predictions would be unknown under a setup, and how many were; of a classifier the first class of each.
 * @param classes Of the model; each is told.
 */
export function countUnknown(
  { task, floor, classThresholds }: Pick<JudgingSetup, 'task' | 'floor' | 'classThresholds'>,
  requests: readonly RecentRequest[],
  classes: readonly string[]
): SamplingEstimate['unknown'] {
  const all = none()
  const byClass = new Map(classes.map((name) => [name, none()]))
  for (const { predictions } of requests) {
    const answered = predictions.filter((one) => isAnswered(one, floor))
    for (const one of task === 'classification' ? answered.slice(0, 1) : answered) {
      for (const counts of [all, byClass.get(one.class)]) if (counts) count(counts, one, classThresholds)
    }
  }
  return { ...all, classes: [...byClass].map(([name, counts]) => ({ class: name, ...counts })) }
}

/** How many predictions, candidates included, have a confidence in each of equal parts of 0 to 1. */
export function countConfidences(requests: readonly RecentRequest[]): number[] {
  const counts = Array.from({ length: confidenceParts }, () => 0)
  for (const { confidence } of requests.flatMap(({ predictions }) => predictions)) {
    const at = Math.min(confidenceParts - 1, Math.floor(confidence * confidenceParts))
    counts[at] = (counts[at] ?? 0) + 1
  }
  return counts
}

const none = (): UnknownCounts => ({ predictions: 0, now: 0, then: 0 })

function count(counts: UnknownCounts, one: RecentPrediction, thresholds: JudgingSetup['classThresholds']): void {
  counts.predictions += 1
  if (one.unknown) counts.now += 1
  if (isUnknown(one, thresholds)) counts.then += 1
}
