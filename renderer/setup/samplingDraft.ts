import type { Sampling } from '../../main/contract/index.ts'

/** A number as it is typed; empty where none is given. */
type Typed = number | string

/** The most samples in a span of time, and for a rule the least time between two; empty is no limit. */
export interface LimitsDraft {
  perMinute: Typed
  perHour: Typed
  perDay: Typed
  leastIntervalMs: Typed
}

/** The sampling rules as the form holds them: what is switched off keeps its values. */
export interface SamplingDraft {
  random: { on: boolean; percent: Typed }
  confidence: { on: boolean; from: Typed; to: Typed }
  classes: { on: boolean; names: string[] }
  unknown: { on: boolean }
  interval: { on: boolean; seconds: Typed }
  run: LimitsDraft
  /** By the rule's key in the setup. */
  rules: Record<string, LimitsDraft>
}

/** The rules of the form, under the keys that their limits have. */
export const ruleKeys = ['random', 'confidence', 'classes', 'unknown', 'interval'] as const
export type RuleKey = (typeof ruleKeys)[number]

export const noLimits: LimitsDraft = { perMinute: '', perHour: '', perDay: '', leastIntervalMs: '' }

/** What a new inference samples: a twentieth of the requests at random. */
export const newSampling: SamplingDraft = {
  random: { on: true, percent: 5 },
  confidence: { on: false, from: 0.2, to: 0.5 },
  classes: { on: false, names: [] },
  unknown: { on: false },
  interval: { on: false, seconds: 60 },
  run: noLimits,
  rules: {}
}

/** The form's rules of a stored setup. */
export function samplingDraftOf({ random, confidence, classes, unknown, interval, limits }: Sampling): SamplingDraft {
  const { run, rules = {} } = limits ?? {}
  return {
    random: { on: random !== undefined, percent: random ? percentOf(random.probability) : 5 },
    confidence: { on: confidence !== undefined, ...(confidence ?? { from: 0.2, to: 0.5 }) },
    classes: { on: (classes ?? []).length > 0, names: classes ?? [] },
    unknown: { on: unknown === true },
    interval: { on: interval !== undefined, seconds: interval?.seconds ?? 60 },
    run: limitsDraftOf(run ?? {}),
    rules: Object.fromEntries(Object.entries(rules).map(([key, given]) => [key, limitsDraftOf(given)]))
  }
}

/** The setup's sampling: rules that are on, and limits that were given. */
export function samplingOf({ random, confidence, classes, unknown, interval, run, rules }: SamplingDraft) {
  const ofRules = Object.entries(rules).flatMap(([key, draft]) => {
    const given = givenLimits(draft)
    return given ? [[key, given] as const] : []
  })
  const ofRun = givenLimits(run)
  const limits = {
    ...(ofRun ? { run: ofRun } : {}),
    ...(ofRules.length > 0 ? { rules: Object.fromEntries(ofRules) } : {})
  }
  return {
    ...(random.on ? { random: { probability: probabilityOf(random.percent) } } : {}),
    ...(confidence.on ? { confidence: { from: confidence.from, to: confidence.to } } : {}),
    ...(classes.on ? { classes: classes.names } : {}),
    ...(unknown.on ? { unknown: true } : {}),
    ...(interval.on ? { interval: { seconds: interval.seconds } } : {}),
    ...(Object.keys(limits).length > 0 ? { limits } : {})
  }
}

type GivenLimits = Partial<Record<keyof LimitsDraft, number | null | undefined>>

function limitsDraftOf(given: GivenLimits): LimitsDraft {
  const { perMinute, perHour, perDay, leastIntervalMs } = given
  return {
    perMinute: perMinute ?? '',
    perHour: perHour ?? '',
    perDay: perDay ?? '',
    leastIntervalMs: leastIntervalMs ?? ''
  }
}

function givenLimits(draft: LimitsDraft) {
  const given = Object.entries(draft).filter(([, value]) => value !== '')
  return given.length > 0 ? Object.fromEntries(given) : null
}

const percentOf = (share: number) => Number((share * 100).toFixed(4))
const probabilityOf = (percent: Typed) => (percent === '' ? percent : Number(percent) / 100)
