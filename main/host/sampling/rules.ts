import type { Prediction, Setup } from '../../contract/index.ts'
import { SlidingLimit } from './slidingLimit.ts'

/** What the rules see of a request; of a classifier the first class alone. */
export interface Observed {
  /** As answered. */
  predictions: readonly Prediction[]
  /** Below the confidence floor; seen by the confidence rule only. */
  candidates: readonly Prediction[]
}

/** A rule gives one reason, the same each time. */
export interface Rule {
  reason: string
  holds(observed: Observed, now: number): boolean
  /** A sample is recorded for it. */
  recorded?(now: number): void
}

/** What of a setup says when to record. */
export type SamplingSetup = Pick<Setup, 'sampling' | 'sizeMeasurement'>

/** The rules that a setup switches on (F10), but for the one by hand. */
export function rulesOf({ sampling, sizeMeasurement }: SamplingSetup, random: () => number): Rule[] {
  const rules: Rule[] = []
  if (sampling.random) rules.push(randomRule(sampling.random.probability, random))
  if (sampling.interval) rules.push(intervalRule(sampling.interval.seconds))
  if (sampling.confidence) rules.push(confidenceRule(sampling.confidence))
  if (sampling.unknown) rules.push(unknownRule())
  rules.push(...[...new Set(sampling.classes)].map(classRule))
  return [...rules, ...sizeThresholdsOf({ sizeMeasurement }).map(sizeRule)]
}

/** The names of the size thresholds that record on their own. */
export function sizeThresholdsOf({ sizeMeasurement }: Pick<Setup, 'sizeMeasurement'>): string[] {
  const included = sizeMeasurement.thresholds.filter(({ includeInSampling }) => includeInSampling)
  return sizeMeasurement.enabled ? included.map(({ name }) => name) : []
}

function randomRule(probability: number, random: () => number): Rule {
  return { reason: 'random', holds: () => random() < probability }
}

/** Holds from the first request on, and again once so much time has passed since it last led to a sample. */
function intervalRule(seconds: number): Rule {
  const due = new SlidingLimit(1, seconds * 1000)
  return { reason: 'interval', holds: (_, now) => due.allows(now), recorded: (now) => due.count(now) }
}

function confidenceRule({ from, to }: { from: number; to: number }): Rule {
  const isWithin = ({ confidence }: Prediction) => confidence >= from && confidence <= to
  return {
    reason: 'confidence',
    holds: ({ predictions, candidates }) => predictions.some(isWithin) || candidates.some(isWithin)
  }
}

function unknownRule(): Rule {
  return { reason: 'unknown', holds: ({ predictions }) => predictions.some(({ unknown }) => unknown) }
}

function classRule(name: string): Rule {
  const isIt = (prediction: Prediction) => prediction.class === name && !prediction.unknown
  return { reason: `class:${name}`, holds: ({ predictions }) => predictions.some(isIt) }
}

function sizeRule(name: string): Rule {
  const meets = ({ sizeThresholds = [] }: Prediction) => sizeThresholds.some((threshold) => threshold.name === name)
  return { reason: `size:${name}`, holds: ({ predictions }) => predictions.some(meets) }
}
