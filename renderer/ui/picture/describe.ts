import type { Prediction } from '../../../main/contract/index.ts'
import { formatConfidence, formatNumber } from '../format.ts'
import type { Words } from '../words/useWords.ts'
import { answeredOf, isPlaced } from './shapes.ts'

const mostNamed = 12

/** What was found in a picture, in a sentence for those who do not see it: how many of which class. */
export function describePredictions(t: Words, predictions: readonly Prediction[]): string {
  const answered = answeredOf(predictions)
  const found = t('picture.found', { count: answered.length })
  const unknown = answered.filter((one) => one.unknown).length
  const candidates = predictions.length - answered.length
  const extras = [
    ...(unknown > 0 ? [t('picture.ofThemUnknown', { count: unknown, shown: formatNumber(unknown) })] : []),
    ...(candidates > 0 ? [t('picture.candidates', { count: candidates, shown: formatNumber(candidates) })] : [])
  ]
  const named = answered.length === 0 ? found : t('picture.foundOf', { found, classes: classesIn(t, answered) })
  return [named, ...extras].join('; ')
}

function classesIn(t: Words, predictions: readonly Prediction[]): string {
  const [first] = predictions
  const parts = first && !isPlaced(first) ? predictions.map(confidenceIn) : countsIn(predictions)
  const more = parts.length > mostNamed ? [t('picture.moreClasses', { count: parts.length - mostNamed })] : []
  return [...parts.slice(0, mostNamed), ...more].join(', ')
}

const confidenceIn = ({ class: name, confidence }: Prediction) => `${name} ${formatConfidence(confidence)}`

/** The most frequent class first. */
function countsIn(predictions: readonly Prediction[]): string[] {
  const counts = new Map<string, number>()
  for (const { class: name } of predictions) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => `${formatNumber(count)} ${name}`)
}
