import type { Prediction, Sampling } from '../../contract/index.ts'

/** What the rules see of a request. */
export interface Observed {
  predictions: readonly Prediction[]
}

/** The reasons of one rule that hold; none where it does not meet. */
type Rule = (observed: Observed) => string[]

/** Decides which requests are recorded, and why: all reasons that hold, none hides another (F10). */
export class SamplingRules {
  readonly #rules: readonly Rule[]

  /** @param random Gives numbers from 0 up to but not including 1. */
  constructor(sampling: Sampling, random: () => number = Math.random) {
    this.#rules = sampling.random ? [randomRule(sampling.random.probability, random)] : []
  }

  /** Empty: the request is not recorded. */
  reasons(observed: Observed): string[] {
    return this.#rules.flatMap((rule) => rule(observed))
  }
}

function randomRule(probability: number, random: () => number): Rule {
  return () => (random() < probability ? ['random'] : [])
}
