import type { Sampling } from '../../contract/index.ts'
import { sizeThresholdsOf, type SamplingSetup } from './rules.ts'

/** The most samples that can be recorded in a span of time. */
export interface Most {
  perHour: number
  perDay: number
}

type Limits = Partial<NonNullable<NonNullable<Sampling['limits']>['rules']>[string]>

const hourMs = 3_600_000

/**
 * What the limits of a rule allow, and its interval. The recent requests may cover less than an hour; what is said of an
 * hour and of a day must keep limits that are longer.
 * @param rule As the estimate names it.
 */
export function mostOfRule(setup: SamplingSetup, rule: string): Most {
  const { limits, interval } = setup.sampling
  const ofKey = (key: string) => byLimits(limits?.rules?.[key] ?? {})
  const everySoOften =
    rule === 'interval' && interval ? byLimits({ leastIntervalMs: interval.seconds * 1000 }) : noLimit
  return least([ofKey(rule), everySoOften, sumOf(partsOf(setup, rule).map(ofKey))])
}

/** The rules that stand together under one name. */
function partsOf(setup: SamplingSetup, rule: string): string[] {
  if (rule === 'classes') return (setup.sampling.classes ?? []).map((name) => `class:${name}`)
  return rule === 'sizes' ? sizeThresholdsOf(setup).map((name) => `size:${name}`) : []
}

function sumOf(all: readonly Most[]): Most {
  if (all.length === 0) return noLimit
  return {
    perHour: all.reduce((sum, { perHour }) => sum + perHour, 0),
    perDay: all.reduce((sum, { perDay }) => sum + perDay, 0)
  }
}

/** What the limits of the run allow. */
export function mostOfRun({ sampling: { limits } }: SamplingSetup): Most {
  return byLimits(limits?.run ?? {})
}

/** Of each, the lowest. */
export function least(all: readonly Most[]): Most {
  return {
    perHour: Math.min(...all.map(({ perHour }) => perHour)),
    perDay: Math.min(...all.map(({ perDay }) => perDay))
  }
}

const noLimit: Most = { perHour: Infinity, perDay: Infinity }

function byLimits({ perMinute, perHour, perDay, leastIntervalMs }: Limits): Most {
  const hour = Math.min(
    60 * (perMinute ?? Infinity),
    perHour ?? Infinity,
    perDay ?? Infinity,
    leastIntervalMs ? hourMs / leastIntervalMs : Infinity
  )
  return { perHour: hour, perDay: Math.min(24 * hour, perDay ?? Infinity) }
}
