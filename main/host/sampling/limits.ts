import type { Sampling } from '../../contract/index.ts'
import { SlidingLimit } from './slidingLimit.ts'

type Given = NonNullable<NonNullable<Sampling['limits']>['rules']>[string]

const minuteMs = 60_000

/** The key under which all chosen classes share limits; each may have its own under its reason too. */
export const classesKey = 'classes'

/** The limits of a run and of its rules, by the setup's keys. They begin anew with each run. */
export class SamplingLimits {
  readonly #run: SlidingLimit[]
  readonly #rules: Map<string, SlidingLimit[]>

  constructor(limits: Sampling['limits']) {
    this.#run = slidingLimits(limits?.run ?? {})
    this.#rules = new Map(Object.entries(limits?.rules ?? {}).map(([key, given]) => [key, slidingLimits(given)]))
  }

  /** Whether a sample may be recorded for this reason now. */
  allow(reason: string, now: number): boolean {
    return [...this.#run, ...this.#of(reason)].every((limit) => limit.allows(now))
  }

  /** Counts a sample that is recorded for these reasons; once for what several of them share. */
  count(reasons: readonly string[], now: number): void {
    const touched = new Set([...this.#run, ...reasons.flatMap((reason) => this.#of(reason))])
    for (const limit of touched) limit.count(now)
  }

  #of(reason: string): SlidingLimit[] {
    const shared = reason.startsWith('class:') ? this.#rules.get(classesKey) : undefined
    return [...(this.#rules.get(reason) ?? []), ...(shared ?? [])]
  }
}

function slidingLimits({ perMinute, perHour, perDay, leastIntervalMs }: Given): SlidingLimit[] {
  const spans: [number | null | undefined, number][] = [
    [perMinute, minuteMs],
    [perHour, 60 * minuteMs],
    [perDay, 24 * 60 * minuteMs]
  ]
  const limits = spans.flatMap(([most, spanMs]) => (most ? [new SlidingLimit(most, spanMs)] : []))
  return leastIntervalMs ? [...limits, new SlidingLimit(1, leastIntervalMs)] : limits
}
