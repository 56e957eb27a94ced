import type { Outcome, Prediction, Task, Verdict, VerdictRule, VerdictSetup } from '../../contract/index.ts'

const badness: Record<Outcome, number> = { OK: 0, WARN: 1, NG: 2 }

/**
 * What is said of an image as a whole (F13b): the worst outcome of the rules that hold, and the first rule that has it;
 * OK without a rule where none holds; null where the setup asks for none.
 *
 * Rules see what sampling's rules see (F10): the answered predictions, of a classifier the first class alone. Those
 * that are unknown do not count as their class; they do meet size thresholds, which measure what was found.
 * @param predictions As answered, without candidates.
 */
export function verdictOf(setup: VerdictSetup | null, predictions: readonly Prediction[], task: Task): Verdict | null {
  if (!setup) return null
  const seen = task === 'classification' ? predictions.slice(0, 1) : predictions
  const held = setup.rules.filter((rule) => holds(rule.when, seen))
  const worst = Math.max(0, ...held.map((rule) => badness[rule.outcome]))
  const first = held.find((rule) => badness[rule.outcome] === worst)
  return first ? { outcome: first.outcome, rule: first.name } : { outcome: 'OK', rule: null }
}

function holds(when: VerdictRule['when'], predictions: readonly Prediction[]): boolean {
  if ('classes' in when) return countOf(when.classes, predictions) > 0
  if ('count' in when) return countOf(when.count.classes, predictions) >= when.count.atLeast
  if ('sizeThresholds' in when) return predictions.some((prediction) => meetsAny(prediction, when.sizeThresholds))
  return predictions.some(({ unknown }) => unknown)
}

function countOf(classes: readonly string[], predictions: readonly Prediction[]): number {
  return predictions.filter((prediction) => !prediction.unknown && classes.includes(prediction.class)).length
}

function meetsAny({ sizeThresholds = [] }: Prediction, names: readonly string[]): boolean {
  return sizeThresholds.some(({ name }) => names.includes(name))
}
