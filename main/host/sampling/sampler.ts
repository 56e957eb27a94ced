import type { Figures, Task } from '../../contract/index.ts'
import { SamplingLimits } from './limits.ts'
import { rulesOf, type Observed, type Rule, type SamplingSetup } from './rules.ts'

/** What is done with a request. It is recorded where there is a reason. */
export interface Decision {
  /** All rules that held and that no limit held back. */
  reasons: string[]
  /** The rules that held and that a limit held back. */
  limited: string[]
}

export interface SamplerOptions extends SamplingSetup {
  task: Task
  /** From 0 up to but not including 1. */
  random?: () => number
  /** In ms, of a clock that never goes back. */
  now?: () => number
}

/**
 * Decides which requests of a run are recorded, and why: every rule is asked each time, none hides another, and what a
 * limit holds back is told (F10). A decision to record counts against the limits whatever becomes of the recording.
 */
export class Sampler {
  readonly #rules: Rule[]
  readonly #limits: SamplingLimits
  readonly #task: Task
  readonly #now: () => number
  readonly #figures: Map<string, { fired: number; limited: number }>
  #isNextWanted = false

  constructor({ task, random = Math.random, now = () => performance.now(), ...setup }: SamplerOptions) {
    this.#rules = [this.#byHand(), ...rulesOf(setup, random)]
    this.#limits = new SamplingLimits(setup.sampling.limits)
    this.#task = task
    this.#now = now
    this.#figures = new Map(this.#rules.map(({ reason }) => [reason, { fired: 0, limited: 0 }]))
  }

  /** The next request is recorded; where a limit holds that back, the first one that it lets through. */
  recordNext(): void {
    this.#isNextWanted = true
  }

  decide(given: Observed): Decision {
    const now = this.#now()
    const observed = this.#task === 'classification' ? firstOf(given) : given
    const held = this.#rules.filter((rule) => rule.holds(observed, now))
    const allowed = held.filter(({ reason }) => this.#limits.allow(reason, now))
    const reasons = allowed.map(({ reason }) => reason)
    if (reasons.length > 0) this.#limits.count(reasons, now)
    for (const rule of allowed) rule.recorded?.(now)
    const limited = held.filter((rule) => !allowed.includes(rule)).map(({ reason }) => reason)
    this.#count(held, limited)
    return { reasons, limited }
  }

  /** How often each rule held, and how often a limit held it back then. */
  get figures(): Figures['sampling'] {
    return [...this.#figures].map(([rule, counts]) => ({ rule, ...counts }))
  }

  #byHand(): Rule {
    return { reason: 'manual', holds: () => this.#isNextWanted, recorded: () => (this.#isNextWanted = false) }
  }

  #count(held: readonly Rule[], limited: readonly string[]): void {
    for (const { reason } of held) {
      const counts = this.#figures.get(reason)
      if (!counts) continue
      counts.fired++
      if (limited.includes(reason)) counts.limited++
    }
  }
}

/** A classifier's lesser classes are no findings of their own. */
function firstOf({ predictions, candidates }: Observed): Observed {
  return { predictions: predictions.slice(0, 1), candidates }
}
