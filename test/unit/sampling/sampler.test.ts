import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newSetup, type NewSetupInput, type Prediction } from '../../../main/contract/index.ts'
import { Sampler, type SamplerOptions } from '../../../main/host/sampling/sampler.ts'
import { seeded } from '../../bench/outputs.ts'

type Sampling = NewSetupInput['sampling']

const id = '01K0000000000000000000000A'
const none = { predictions: [], candidates: [] }

function open(sampling: Sampling, options: Partial<SamplerOptions> = {}): Sampler {
  const setup = newSetup.parse({ project: id, model: id, type: 'api', name: 'Check', sampling })
  return new Sampler({ task: 'detection', random: () => 0.5, now: () => 0, ...setup, ...options })
}

/** One without any limit. */
function reasonsOf(sampling: Sampling, predictions: Prediction[], candidates: Prediction[] = []): string[] {
  return open(sampling).decide({ predictions, candidates }).reasons
}

function found(name: string, confidence: number, more: Partial<Prediction> = {}): Prediction {
  return { class: name, confidence, unknown: false, ...more }
}

describe('the rules', () => {
  it('random: where the number is below the probability', () => {
    const numbers = [0, 0.0499, 0.05, 0.999]
    const sampler = open({ random: { probability: 0.05 } }, { random: () => numbers.shift() ?? 0 })
    expect([1, 2, 3, 4].map(() => sampler.decide(none).reasons)).toEqual([['random'], ['random'], [], []])
  })

  it('confidence: any prediction within the range, both ends included', () => {
    const sampling = { confidence: { from: 0.25, to: 0.5 } }
    const held = [0.2499, 0.25, 0.4, 0.5, 0.5001].map((confidence) => reasonsOf(sampling, [found('a', confidence)]))
    expect(held).toEqual([[], ['confidence'], ['confidence'], ['confidence'], []])
    expect(reasonsOf(sampling, [found('a', 0.9), found('b', 0.3)])).toEqual(['confidence'])
  })

  it('confidence alone sees candidates', () => {
    const candidate = found('a', 0.1, { candidate: true, unknown: true })
    const sampling = { confidence: { from: 0.05, to: 0.2 }, unknown: true, classes: ['a'] }
    expect(reasonsOf(sampling, [], [candidate])).toEqual(['confidence'])
  })

  it('classes: each that was found, but not where it is unknown', () => {
    const sampling = { classes: ['a', 'b', 'c'] }
    const predictions = [found('b', 0.4), found('a', 0.9), found('c', 0.3, { unknown: true }), found('d', 0.9)]
    expect(reasonsOf(sampling, predictions)).toEqual(['class:a', 'class:b'])
  })

  it('unknown: any', () => {
    expect(reasonsOf({ unknown: true }, [found('a', 0.4, { unknown: true })])).toEqual(['unknown'])
    expect(reasonsOf({ unknown: true }, [found('a', 0.4)])).toEqual([])
    expect(reasonsOf({ unknown: false }, [found('a', 0.4, { unknown: true })])).toEqual([])
  })

  it('a classifier’s first class alone is looked at', () => {
    const sampling = { classes: ['b'], confidence: { from: 0, to: 0.4 }, unknown: true }
    const predictions = [found('a', 0.6), found('b', 0.4, { unknown: true })]
    expect(open(sampling, { task: 'classification' }).decide({ predictions, candidates: [] }).reasons).toEqual([])
    expect(open(sampling).decide({ predictions, candidates: [] }).reasons).toEqual(['confidence', 'unknown'])
  })

  it('size: thresholds that are included in sampling, alone enough, unknown or not', () => {
    const threshold = { classes: ['a'], operator: 'gte' as const, value: 1, metadata: {} }
    const thresholds = [
      { ...threshold, name: 'Threshold', includeInSampling: true },
      { ...threshold, name: 'Threshold-2', includeInSampling: false }
    ]
    const met = ['Threshold', 'Threshold-2'].map((name) => ({ name, metadata: {} }))
    const observed = { predictions: [found('a', 0.9, { unknown: true, sizeThresholds: met })], candidates: [] }
    const decide = (enabled: boolean) => open({}, { sizeMeasurement: { enabled, thresholds } }).decide(observed)
    expect(decide(true).reasons).toEqual(['size:Threshold'])
    expect(decide(false).reasons).toEqual([])
  })

  it('interval: the first request, then one every so many seconds', () => {
    let now = 0
    const sampler = open({ interval: { seconds: 10 } }, { now: () => now })
    const times = [0, 5000, 9999, 10_000, 15_000, 30_000, 39_999, 40_000]
    const recorded = times.filter((at) => {
      now = at
      return sampler.decide(none).reasons.length > 0
    })
    expect(recorded).toEqual([0, 10_000, 30_000, 40_000])
  })

  it('manual: the next request once, however often it was asked for', () => {
    const sampler = open({})
    expect(sampler.decide(none).reasons).toEqual([])
    sampler.recordNext()
    sampler.recordNext()
    expect([sampler.decide(none).reasons, sampler.decide(none).reasons]).toEqual([['manual'], []])
  })
})

describe('limits', () => {
  it('tell what they held back, also where another rule recorded', () => {
    const rules = { random: { perMinute: 1 } }
    const sampler = open({ random: { probability: 1 }, unknown: true, limits: { rules } })
    const unknown = { predictions: [found('a', 0.1, { unknown: true })], candidates: [] }
    expect(sampler.decide(none)).toEqual({ reasons: ['random'], limited: [] })
    expect(sampler.decide(none)).toEqual({ reasons: [], limited: ['random'] })
    expect(sampler.decide(unknown)).toEqual({ reasons: ['unknown'], limited: ['random'] })
    expect(sampler.figures).toEqual([
      { rule: 'manual', fired: 0, limited: 0 },
      { rule: 'random', fired: 3, limited: 2 },
      { rule: 'unknown', fired: 1, limited: 0 }
    ])
  })

  it('of the run hold every rule back; what was asked for by hand comes when they let it', () => {
    let now = 0
    const sampler = open({ random: { probability: 1 }, limits: { run: { perMinute: 1 } } }, { now: () => now })
    sampler.decide(none)
    sampler.recordNext()
    expect(sampler.decide(none)).toEqual({ reasons: [], limited: ['manual', 'random'] })
    now = 60_000
    expect(sampler.decide(none).reasons).toEqual(['manual', 'random'])
  })

  it('of all classes together and of one', () => {
    let now = 0
    const rules = { classes: { perMinute: 2 }, 'class:a': { leastIntervalMs: 60_000 } }
    const sampler = open({ classes: ['a', 'b'], limits: { rules } }, { now: () => now++ })
    const predictions = [found('a', 0.9), found('b', 0.9)]
    const decisions = [1, 2, 3].map(() => sampler.decide({ predictions, candidates: [] }))
    expect(decisions).toEqual([
      { reasons: ['class:a', 'class:b'], limited: [] },
      { reasons: ['class:b'], limited: ['class:a'] },
      { reasons: [], limited: ['class:a', 'class:b'] }
    ])
  })
})

interface Moment {
  at: number
  reasons: string[]
  limited: string[]
}

const span = { perMinute: 60_000, perHour: 3_600_000, perDay: 86_400_000 }
const most = fc.option(fc.integer({ min: 1, max: 4 }), { nil: null })
const someLimits = fc.record({ perMinute: most, perHour: most, perDay: most })
const someRule = fc.record({ perMinute: most, perHour: most, leastIntervalMs: fc.constantFrom(0, 700, 90_000) })
const names = ['random', 'confidence', 'unknown', 'class:a'] as const
const someSampling = fc.record({
  run: someLimits,
  rules: fc.record({ random: someRule, confidence: someRule, unknown: someRule, 'class:a': someRule })
})
const somePrediction = fc.record({
  class: fc.constantFrom('a', 'b'),
  confidence: fc.constantFrom(0.1, 0.3, 0.5, 0.9),
  unknown: fc.boolean()
})
const somePredictions = fc.array(somePrediction, { maxLength: 3 })
const someRequest = fc.record({
  after: fc.constantFrom(0, 1, 400, 20_000, 61_000, 1_000_000),
  draw: fc.constantFrom(0.1, 0.9),
  predictions: somePredictions,
  candidates: fc.array(
    somePrediction.map((one) => ({ ...one, confidence: 0.05, candidate: true as const })),
    { maxLength: 2 }
  )
})
type Request = typeof someRequest extends fc.Arbitrary<infer R> ? R : never

const rulesOn = { random: { probability: 0.5 }, confidence: { from: 0.05, to: 0.3 }, unknown: true, classes: ['a'] }

/** What a naive reading of F10 says of a request. */
function expected({ draw, predictions, candidates }: Request): string[] {
  const holds = {
    random: draw < 0.5,
    confidence: [...predictions, ...candidates].some(({ confidence }) => confidence >= 0.05 && confidence <= 0.3),
    unknown: predictions.some(({ unknown }) => unknown),
    'class:a': predictions.some((one) => one.class === 'a' && !one.unknown)
  }
  return names.filter((name) => holds[name])
}

function play(limits: NonNullable<Sampling>['limits'], requests: Request[]): Moment[] {
  let [now, draw] = [0, 0]
  const sampler = open({ ...rulesOn, limits }, { now: () => now, random: () => draw })
  return requests.map((request) => {
    now += request.after
    draw = request.draw
    return { at: now, ...sampler.decide(request) }
  })
}

/** The largest number of times that lie within one span. */
function crowd(times: number[], spanMs: number): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + spanMs).length))
}

describe('laws of sampling', () => {
  const requests = fc.array(someRequest, { maxLength: 40 })

  it('every rule that holds is a reason, none hides another', () => {
    fc.assert(
      fc.property(requests, (given) => {
        expect(play(undefined, given).map(({ reasons }) => reasons)).toEqual(given.map(expected))
      })
    )
  })

  it('every rule that holds is a reason or was held back, never both, never lost', () => {
    fc.assert(
      fc.property(someSampling, requests, (limits, given) => {
        const told = play(limits, given).map(({ reasons, limited }) => [...reasons, ...limited].sort())
        expect(told).toEqual(given.map((request) => expected(request).sort()))
      })
    )
  })

  it('no limit is exceeded in any window, and least intervals are kept', () => {
    fc.assert(
      fc.property(someSampling, requests, ({ run, rules }, given) => {
        const played = play({ run, rules }, given)
        const timesOf = (holds: (moment: Moment) => boolean) => played.filter(holds).map(({ at }) => at)
        for (const [key, spanMs] of Object.entries(span)) {
          const all = timesOf(({ reasons }) => reasons.length > 0)
          expect(crowd(all, spanMs)).toBeLessThanOrEqual(run[key as keyof typeof span] ?? Infinity)
        }
        for (const name of names) {
          const { perMinute, perHour, leastIntervalMs } = rules[name]
          const times = timesOf(({ reasons }) => reasons.includes(name))
          expect(crowd(times, span.perMinute)).toBeLessThanOrEqual(perMinute ?? Infinity)
          expect(crowd(times, span.perHour)).toBeLessThanOrEqual(perHour ?? Infinity)
          expect(crowd(times, leastIntervalMs)).toBeLessThanOrEqual(1)
        }
      })
    )
  })

  it('a limit holds back only what would exceed it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), requests, (perMinute, given) => {
        const played = play({ run: { perMinute } }, given)
        for (const [index, { at, limited }] of played.entries()) {
          const before = played.slice(0, index).filter((one) => one.reasons.length > 0 && one.at > at - 60_000)
          if (limited.length > 0) expect(before.length).toBe(perMinute)
        }
      })
    )
  })

  it('random records within the bounds of a binomial distribution, whatever the probability', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (probability, seed) => {
        const requests = 4000
        const sampler = open({ random: { probability } }, { random: seeded(seed) })
        const recorded = Array.from({ length: requests }, () => sampler.decide(none).reasons.length)
        const sum = recorded.reduce((total, one) => total + one, 0)
        const deviation = Math.sqrt(requests * probability * (1 - probability))
        // Six deviations, and one request where nearly none or all are recorded.
        expect(Math.abs(sum - requests * probability)).toBeLessThanOrEqual(6 * deviation + 1)
      }),
      { numRuns: 40 }
    )
  })

  it('a range fires where anything lies in it, also where the range is below the confidence floor', () => {
    const floor = 0.25
    const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)
    const scores = fc.array(share, { maxLength: 4 })
    fc.assert(
      fc.property(share, share, scores, (one, other, confidences) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)]
        const seen = confidences.map((confidence) => found('a', confidence))
        const predictions = seen.filter(({ confidence }) => confidence > floor)
        const candidates = seen.filter(({ confidence }) => confidence <= floor)
        const inRange = confidences.some((confidence) => from <= confidence && confidence <= to)
        const reasons = reasonsOf({ confidence: { from, to } }, predictions, candidates)
        expect(reasons).toEqual(inRange ? ['confidence'] : [])
      })
    )
  })
})
