import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateQuestion, type EstimateQuestionInput } from '../../../main/contract/index.ts'
import type { RecentPrediction, RecentRequest } from '../../../main/host/recent/recentRequests.ts'
import { countConfidences, countUnknown } from '../../../main/host/sampling/countRecent.ts'
import { estimateSamples } from '../../../main/host/sampling/estimateSamples.ts'
import type { JudgingSetup } from '../../../main/host/sampling/moments.ts'

type Parts = Omit<EstimateQuestionInput, 'model' | 'parameters' | 'classThresholds'>

const id = '01K0000000000000000000000A'
const minute = 60_000

function setupOf(parts: Parts, more: Partial<JudgingSetup> = {}): JudgingSetup {
  const { sampling, sizeMeasurement } = estimateQuestion.parse({ model: id, ...parts })
  return { sampling, sizeMeasurement, task: 'instance-segmentation', floor: 0.25, classThresholds: {}, ...more }
}

function found(name: string, confidence: number, more: Partial<RecentPrediction> = {}): RecentPrediction {
  return { class: name, confidence, unknown: false, candidate: false, areaPx: null, ...more }
}

/** A request at so many ms. */
function request(at: number, ...predictions: RecentPrediction[]): RecentRequest {
  return { at, model: id, bytes: 100, seenFrom: 0.25, predictions }
}

/** So many requests, one each `everyMs`, with these predictions in turn. */
function requests(count: number, everyMs: number, ...predictions: RecentPrediction[][]): RecentRequest[] {
  const of = (at: number) => predictions[at % predictions.length] ?? []
  return Array.from({ length: count }, (_, at) => request(at * everyMs, ...of(at)))
}

async function estimate(setup: JudgingSetup, given: RecentRequest[], requestsPerHour: number | null = null) {
  const { rules, together } = await estimateSamples(setup, given, { requestsPerHour, bytesPerSample: 1000 })
  return { together, alone: Object.fromEntries(rules.map(({ rule, samples }) => [rule, samples])), rules }
}

describe('what would have been recorded', () => {
  it('counts a request once, however many rules hold', async () => {
    const low = found('a', 0.3)
    const given = [request(0, low), request(1, found('b', 0.9)), request(2, low, found('b', 0.9)), request(3)]
    const sampling = { confidence: { from: 0.2, to: 0.4 }, classes: ['b'] }
    const { alone, together } = await estimate(setupOf({ sampling }), given)
    expect(alone).toEqual({ confidence: 2, classes: 2 })
    expect(together).toMatchObject({ samples: 3, byMoreThanOne: 1 })
  })

  it('takes all chosen classes for one kind of rule', async () => {
    const given = [request(0, found('a', 0.9), found('b', 0.9))]
    const { alone, together } = await estimate(setupOf({ sampling: { classes: ['a', 'b'] } }), given)
    expect(alone).toEqual({ classes: 1 })
    expect(together).toMatchObject({ samples: 1, byMoreThanOne: 0 })
  })

  it('keeps an interval by the times of the requests', async () => {
    // 0, 7, 14, 21, …, 63 s: due at 0, then first at 21 (20 have passed), 42, 63.
    const { alone } = await estimate(setupOf({ sampling: { interval: { seconds: 20 } } }), requests(10, 7000, []))
    expect(alone).toEqual({ interval: 4 })
  })

  it('keeps limits of a minute, an hour and a day', async () => {
    const sampling = (limit: object) => ({ classes: ['a'], limits: { run: limit } })
    // 40 requests, one each half minute: two a minute, 40 in 20 minutes.
    const given = requests(40, minute / 2, [found('a', 0.9)])
    const samples = async (limit: object) =>
      (await estimate(setupOf({ sampling: sampling(limit) }), given)).together.samples
    expect(await samples({ perMinute: 1 })).toBe(20)
    expect(await samples({ perHour: 7 })).toBe(7)
    expect(await samples({ perDay: 9 })).toBe(9)
    // Two hours: 5 in each.
    const longer = requests(240, minute / 2, [found('a', 0.9)])
    expect((await estimate(setupOf({ sampling: sampling({ perHour: 5 }) }), longer)).together.samples).toBe(10)
  })

  it('shows candidates to the confidence rule alone', async () => {
    const candidate = found('a', 0.1, { candidate: true })
    const sampling = { confidence: { from: 0.05, to: 0.2 }, classes: ['a'], unknown: true }
    const { alone } = await estimate(setupOf({ sampling }, { classThresholds: { a: 0.5 } }), [request(0, candidate)])
    expect(alone).toEqual({ confidence: 1, classes: 0, unknown: 0 })
  })

  it('answers what is above the floor that is asked about, not above that of the run', async () => {
    const given = [request(0, found('a', 0.3)), request(1, found('a', 0.7))]
    const sampling = { classes: ['a'], confidence: { from: 0.25, to: 0.5 } }
    const { alone } = await estimate(setupOf({ sampling }, { floor: 0.5 }), given)
    expect(alone).toEqual({ classes: 1, confidence: 1 })
  })

  it('judges by the class thresholds that are asked about', async () => {
    const given = [request(0, found('a', 0.6)), request(1, found('a', 0.8, { unknown: true }))]
    const setup = setupOf({ sampling: { unknown: true } }, { classThresholds: { a: 0.7 } })
    expect((await estimate(setup, given)).alone).toEqual({ unknown: 1 })
  })

  it('measures with the size thresholds that are asked about, included or not', async () => {
    const given = [300, 900, 901].map((areaPx, at) => request(at, found('a', 0.9, { areaPx })))
    const size = { classes: ['a'], operator: 'between' as const, value: 250, secondValue: 900 }
    const other = { classes: ['a'], operator: 'gte' as const, value: 901, includeInSampling: true }
    const thresholds = [
      { ...size, name: 'Threshold' },
      { ...other, name: 'Threshold-2' }
    ]
    const on = await estimate(setupOf({ sizeMeasurement: { enabled: true, thresholds } }), given)
    expect(on.alone).toEqual({ sizes: 1, 'size:Threshold': 2, 'size:Threshold-2': 1 })
    expect(on.together.samples).toBe(1)
    const off = await estimate(setupOf({ sizeMeasurement: { enabled: false, thresholds } }), given)
    expect(off.alone).toEqual({})
    expect(off.together.samples).toBe(0)
  })

  it('of chance is the expected value', async () => {
    const given = requests(30, 1000, [found('a', 0.9)], [], [])
    const { alone, together } = await estimate(
      setupOf({ sampling: { random: { probability: 0.05 }, classes: ['a'] } }),
      given
    )
    // A third is of class a; of the other twenty one is expected.
    expect(alone['random']).toBeCloseTo(1.5, 10)
    expect(together.samples).toBeCloseTo(11, 10)
    expect(together.byMoreThanOne).toBeCloseTo(0.5, 10)
  })

  it('of chance keeps limits', async () => {
    const limits = { rules: { random: { leastIntervalMs: 3_600_000 } }, run: { perHour: 3 } }
    const setup = setupOf({ sampling: { random: { probability: 0.5 }, classes: ['a'], limits } })
    const { alone, together } = await estimate(setup, requests(200, 1000, [], [found('a', 0.9)]))
    expect(alone['random']).toBeCloseTo(1, 6)
    expect(together.samples).toBeCloseTo(3, 6)
    expect(together.byMoreThanOne).toBeLessThanOrEqual(1)
    // One of the first requests at random: the chance that none of ten came is one in a thousand.
    const few = setupOf({ sampling: { random: { probability: 0.1 }, limits: { run: { perHour: 1000 } } } })
    expect((await estimate(few, requests(200, 1000, []))).together.samples).toBeCloseTo(20, 0)
  })
})

describe('what would be recorded an hour', () => {
  const given = requests(100, 100, [found('a', 0.9)], [])

  it('scales by the rate at which requests come; a day has 24', async () => {
    const { rules, together } = await estimate(setupOf({ sampling: { classes: ['a'] } }), given, 600)
    expect(rules).toEqual([{ rule: 'classes', samples: 50, perHour: 300 }])
    expect(together).toMatchObject({
      perHour: 300,
      perDay: 7200,
      bytesPerHour: 3e5,
      bytesPerDay: 7.2e6,
      heldBackPerHour: 0
    })
  })

  it('is held back only where a limit is reached', async () => {
    const sampling = { random: { probability: 0.031 }, classes: ['a'], limits: { run: { perMinute: 100 } } }
    const { together } = await estimate(setupOf({ sampling }), given, 600)
    expect(together.heldBackPerHour).toBe(0)
    // Half of the requests and 3.1 % of the others.
    expect(together.samples).toBeCloseTo(51.55, 0)
  })

  it('is not known without a rate', async () => {
    const { together } = await estimate(setupOf({ sampling: { classes: ['a'] } }), given)
    expect(together).toMatchObject({
      samples: 50,
      perHour: null,
      perDay: null,
      bytesPerDay: null,
      heldBackPerHour: null
    })
  })

  it('keeps limits and intervals that are longer than what the requests cover', async () => {
    const limits = { run: { perHour: 40, perDay: 100 }, rules: { classes: { perHour: 30 } } }
    const { rules, together } = await estimate(setupOf({ sampling: { classes: ['a'], limits } }), given, 36_000)
    expect(rules).toMatchObject([{ rule: 'classes', perHour: 30 }])
    expect(together).toMatchObject({ perHour: 30, perDay: 100, heldBackPerHour: 18_000 - 30 })
    const ofA = { rules: { 'class:a': { perHour: 4 }, 'class:b': { perHour: 5 } } }
    const classes = setupOf({ sampling: { classes: ['a', 'b'], limits: ofA } })
    expect((await estimate(classes, given, 36_000)).rules).toMatchObject([{ rule: 'classes', perHour: 9 }])
    const every = setupOf({ sampling: { interval: { seconds: 60 } } })
    expect((await estimate(every, given, 36_000)).together).toMatchObject({
      samples: 1,
      perHour: 60,
      heldBackPerHour: 0
    })
  })
})

describe('laws of the estimate', () => {
  const someFound = fc.record({
    class: fc.constantFrom('a', 'b'),
    confidence: fc.constantFrom(0.1, 0.3, 0.5, 0.9),
    unknown: fc.boolean(),
    candidate: fc.constant(false),
    areaPx: fc.constantFrom(null, 5, 50)
  })
  const someRequests = fc
    .array(
      fc.record({ after: fc.constantFrom(0, 400, 20_000, 61_000), predictions: fc.array(someFound, { maxLength: 3 }) }),
      {
        minLength: 1,
        maxLength: 40
      }
    )
    .map((given) => {
      let at = 0
      return given.map(({ after, predictions }) => request((at += after), ...predictions))
    })
  const threshold = { name: 'T', classes: ['a'], operator: 'gte' as const, value: 20, includeInSampling: true }
  const someRules = fc.record(
    {
      random: fc.record({ probability: fc.constantFrom(0, 0.05, 0.5, 1) }),
      confidence: fc.constant({ from: 0.05, to: 0.4 }),
      classes: fc.constantFrom<string[][]>(['a'], ['b'], ['a', 'b']),
      unknown: fc.constant(true),
      interval: fc.constantFrom({ seconds: 1 }, { seconds: 30 })
    },
    { requiredKeys: [] }
  )
  const someSizes = fc.boolean().map((enabled) => ({ enabled, thresholds: [threshold] }))
  const thresholds = { classThresholds: { a: 0.4 } }
  const slack = 1e-9

  it('all rules together record at least what each records alone, and at most their sum', async () => {
    await fc.assert(
      fc.asyncProperty(someRules, someSizes, someRequests, async (sampling, sizeMeasurement, given) => {
        const { rules, together } = await estimate(setupOf({ sampling, sizeMeasurement }, thresholds), given)
        const alone = rules.filter(({ rule }) => !rule.startsWith('size:')).map(({ samples }) => samples)
        expect(together.samples).toBeGreaterThanOrEqual(Math.max(0, ...alone) - slack)
        expect(together.samples).toBeLessThanOrEqual(alone.reduce((sum, one) => sum + one, 0) + slack)
        expect(together.samples).toBeLessThanOrEqual(given.length + slack)
        expect(together.byMoreThanOne).toBeLessThanOrEqual(together.samples + slack)
      })
    )
  })

  it('a further rule never records less, and a limit never more', async () => {
    await fc.assert(
      fc.asyncProperty(someRules, fc.integer({ min: 1, max: 5 }), someRequests, async (sampling, perHour, given) => {
        const samples = async (more: Parts['sampling']) =>
          (await estimate(setupOf({ sampling: { ...sampling, ...more } }, thresholds), given)).together.samples
        const before = await samples({})
        expect(await samples({ random: { probability: 1 } })).toBeCloseTo(given.length, 6)
        for (const more of [{ unknown: true }, { classes: ['a', 'b'] }, { confidence: { from: 0, to: 1 } }])
          expect(await samples(more)).toBeGreaterThanOrEqual(before - slack)
        expect(await samples({ limits: { run: { perHour } } })).toBeLessThanOrEqual(before + slack)
      })
    )
  })
})

describe('recent predictions, counted', () => {
  const setup = { task: 'detection' as const, floor: 0.25, classThresholds: { a: 0.5, b: 0.9 } }

  it('by class: how many would be unknown, and were', () => {
    const given = [
      request(0, found('a', 0.3), found('a', 0.6, { unknown: true }), found('b', 0.8)),
      request(1, found('a', 0.2, { candidate: true }), found('b', 0.95))
    ]
    expect(countUnknown(setup, given, ['a', 'b', 'c'])).toEqual({
      ...{ predictions: 4, now: 1, then: 2 },
      classes: [
        { class: 'a', predictions: 2, now: 1, then: 1 },
        { class: 'b', predictions: 2, now: 0, then: 1 },
        { class: 'c', predictions: 0, now: 0, then: 0 }
      ]
    })
  })

  it('of a classifier the first class of each', () => {
    const given = [request(0, found('a', 0.4), found('b', 0.1))]
    const told = countUnknown({ ...setup, task: 'classification', floor: null }, given, ['a', 'b'])
    expect(told).toMatchObject({ predictions: 1, then: 1 })
  })

  it('by confidence, both ends of the scale inside', () => {
    const counts = countConfidences([request(0, found('a', 0), found('a', 0.25), found('b', 1), found('b', 0.999))])
    expect(counts.length).toBe(50)
    expect([counts[0], counts[12], counts[49]]).toEqual([1, 1, 2])
  })
})
