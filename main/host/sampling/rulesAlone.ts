import type { SizeThreshold } from '../../contract/index.ts'
import { sizeThresholdsOf, type SamplingSetup } from './rules.ts'

/** A rule as the only one that is on, within its own limits and without those of the run. */
export interface RuleAlone {
  /** A reason; `classes` and `sizes` are all of theirs together. */
  rule: string
  setup: SamplingSetup
}

/** Each rule that is on, alone; and each size threshold alone, as if it were included in sampling. */
export function rulesAlone({ sampling, sizeMeasurement: { enabled, thresholds } }: SamplingSetup): RuleAlone[] {
  const { limits, random, confidence, classes, unknown, interval } = sampling
  const limited = limits?.rules ? { limits: { rules: limits.rules } } : {}
  const by = (part: SamplingSetup['sampling'], sizes: SizeThreshold[] = []): SamplingSetup => ({
    sampling: { ...part, ...limited },
    sizeMeasurement: { enabled, thresholds: sizes }
  })
  const measured = enabled ? thresholds : []
  const included = sizeThresholdsOf({ sizeMeasurement: { enabled, thresholds } })
  return [
    ...(random ? [{ rule: 'random', setup: by({ random }) }] : []),
    ...(confidence ? [{ rule: 'confidence', setup: by({ confidence }) }] : []),
    ...(classes?.length ? [{ rule: 'classes', setup: by({ classes }) }] : []),
    ...(unknown ? [{ rule: 'unknown', setup: by({ unknown }) }] : []),
    ...(interval ? [{ rule: 'interval', setup: by({ interval }) }] : []),
    ...(included.length > 0 ? [{ rule: 'sizes', setup: by({}, measured) }] : []),
    ...measured.map((one) => ({ rule: `size:${one.name}`, setup: by({}, [{ ...one, includeInSampling: true }]) }))
  ]
}
