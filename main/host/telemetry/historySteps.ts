import { keptHistorySeconds, type HistoryQuery } from '../../contract/index.ts'
import { invalidFields } from '../refusal.ts'

/**
 * By which spans figures are kept, and how long, in seconds. A screen's chart has some hundred points, so an hour wants
 * 10 s, a day minutes and a month hours; each length is a multiple of the one before it, and an inference has at most
 * about 4 700 rows. The short ones stay a little longer than their range, so that a chart that is asked for now has its
 * first point.
 */
export const historySteps = [
  { step: 10, range: 3600, kept: 2 * 3600 },
  { step: 60, range: 24 * 3600, kept: 26 * 3600 },
  { step: 900, range: keptHistorySeconds, kept: keptHistorySeconds + 3600 }
] as const

/** Spans that people read easily. */
const easySteps = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400]
const mostPoints = 400

/** Where the span of this length begins in which a moment lies; epoch ms. */
export function spanOf(step: number, at: number): number {
  return Math.floor(at / (step * 1000)) * step * 1000
}

/**
 * By which kept spans a query is answered, and how long its points are.
 * @throws Refusal INVALID_REQUEST where the step is none that is kept for the range
 */
export function stepsFor({ rangeSeconds, stepSeconds }: HistoryQuery): { kept: number; step: number } {
  const finest = historySteps.find(({ range }) => rangeSeconds <= range) ?? historySteps[2]
  const easy = easySteps.find((step) => step >= finest.step && rangeSeconds / step <= mostPoints) ?? 86_400
  const step = stepSeconds ?? easy
  const kept = historySteps.findLast((each) => each.step >= finest.step && step % each.step === 0)
  if (kept) return { kept: kept.step, step }
  const message = `must be a multiple of ${finest.step} for a range of ${rangeSeconds} s`
  throw invalidFields([{ path: 'stepSeconds', message }])
}
