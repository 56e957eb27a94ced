import type { Draft } from './draft.ts'
import { defaultName, nameProblem, type ThresholdDraft } from './sizesDraft.ts'

/** What a change of the size thresholds makes of a draft; what names them elsewhere follows. */
type Changed = Pick<Draft, 'sizes' | 'sampling' | 'verdict'>

export function withThreshold({ sizes }: Draft, id: number, part: Partial<ThresholdDraft>): Pick<Draft, 'sizes'> {
  return { sizes: { ...sizes, thresholds: sizes.thresholds.map((one) => (one.id === id ? { ...one, ...part } : one)) } }
}

/** With its new name, without blank ends; one that it cannot have is kept as wrong, and the name stays. */
export function renamed(draft: Draft, id: number, given: string): Changed {
  const { thresholds } = draft.sizes
  const others = thresholds.filter((one) => one.id !== id).map((one) => one.name)
  const before = thresholds.find((one) => one.id === id)?.name
  if (nameProblem(given, others) || before === undefined)
    return { ...draft, ...withThreshold(draft, id, { wrongName: given }) }
  const name = given.trim()
  return { ...followed(draft, before, name), ...withThreshold(draft, id, { name, wrongName: null }) }
}

/** Without it, and without the limits of its sampling rule and its part in verdicts. */
export function withoutThreshold(draft: Draft, id: number): Changed {
  const name = draft.sizes.thresholds.find((one) => one.id === id)?.name ?? ''
  const thresholds = draft.sizes.thresholds.filter((one) => one.id !== id)
  return { ...followed(draft, name, null), sizes: { ...draft.sizes, thresholds } }
}

/**
 * With a threshold that another draft has, at its place there. Where nobody has taken its name meanwhile, its limits and
 * its part in verdicts are as they were there, too; else it gets a new name.
 * @param word What a threshold is called, such as `Threshold`
 */
export function withThresholdOf(draft: Draft, before: Draft, id: number, word: string): Changed {
  const at = before.sizes.thresholds.findIndex((one) => one.id === id)
  const threshold = before.sizes.thresholds[at]
  if (!threshold) return draft
  const names = draft.sizes.thresholds.map((one) => one.name)
  const isTaken = names.includes(threshold.name)
  const back = isTaken ? { ...threshold, name: defaultName(names, word) } : threshold
  const sizes = { ...draft.sizes, thresholds: draft.sizes.thresholds.toSpliced(at, 0, back) }
  return { ...(isTaken ? draft : namedAgain(draft, before, threshold.name)), sizes }
}

/** What named a threshold names it anew, or no more. */
function followed(draft: Draft, before: string, name: string | null): Changed {
  const { sizes, sampling, verdict } = draft
  const limits = Object.entries(sampling.rules).flatMap(([key, given]) => {
    if (key !== `size:${before}`) return [[key, given] as const]
    return name === null ? [] : [[`size:${name}`, given] as const]
  })
  const named = (names: readonly string[]) => names.flatMap((one) => (one === before ? (name ?? []) : one))
  return {
    sizes,
    sampling: { ...sampling, rules: Object.fromEntries(limits) },
    verdict: {
      ...verdict,
      rules: verdict.rules.map((rule) => ({ ...rule, sizeThresholds: named(rule.sizeThresholds) }))
    }
  }
}

function namedAgain(draft: Draft, before: Draft, name: string): Changed {
  const { sizes, sampling, verdict } = draft
  const limits = before.sampling.rules[`size:${name}`]
  const naming = before.verdict.rules.filter((rule) => rule.sizeThresholds.includes(name)).map(({ id }) => id)
  return {
    sizes,
    sampling: { ...sampling, rules: { ...sampling.rules, ...(limits ? { [`size:${name}`]: limits } : {}) } },
    verdict: {
      ...verdict,
      rules: verdict.rules.map((rule) =>
        naming.includes(rule.id) ? { ...rule, sizeThresholds: [...rule.sizeThresholds, name] } : rule
      )
    }
  }
}
