import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampling, type Sampling } from '../../../main/contract/index.ts'
import { newSampling, noLimits, samplingDraftOf, samplingOf } from '../../../renderer/setup/samplingDraft.ts'

const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)
const most = fc.option(fc.integer({ min: 1, max: 5000 }))
const limits = { perMinute: most, perHour: most, perDay: most }
const given: fc.Arbitrary<Sampling> = fc.record(
  {
    random: fc.record({ probability: share }),
    confidence: fc.tuple(share, share).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
    classes: fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }),
    unknown: fc.constant(true),
    interval: fc.record({ seconds: fc.integer({ min: 1, max: 9999 }) }),
    limits: fc.record(
      {
        run: fc.record(limits),
        rules: fc.dictionary(
          fc.constantFrom('random', 'classes', 'class:dent'),
          fc.record({ ...limits, leastIntervalMs: fc.nat(5000) })
        )
      },
      { requiredKeys: [] }
    )
  },
  { requiredKeys: [] }
)

/** Without limits that limit nothing, which a form need not keep. */
function meaningOf({ limits, ...rules }: Sampling) {
  const said = (record: object) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))
  const ofRules = Object.entries(limits?.rules ?? {}).map(([key, value]) => [key, said(value)] as const)
  return {
    ...rules,
    run: said(limits?.run ?? {}),
    rules: Object.fromEntries(ofRules.filter(([, value]) => Object.keys(value).length > 0))
  }
}

describe('the sampling form', () => {
  it('gives back every stored setup as it was', () => {
    fc.assert(
      fc.property(given, (stored) => {
        const back = sampling.parse(samplingOf(samplingDraftOf(stored)))
        expect(meaningOf(back)).toEqual(meaningOf(stored))
      })
    )
  })

  it('sends only what is on, and keeps the rest for later', () => {
    expect(samplingOf(newSampling)).toEqual({ random: { probability: 0.05 } })
    expect(samplingOf({ ...newSampling, random: { on: false, percent: 5 } })).toEqual({})
  })

  it('leaves what is not a number for the schema to refuse', () => {
    const draft = {
      ...newSampling,
      confidence: { on: true, from: 0.6, to: 0.4 },
      run: { ...noLimits, perHour: 'ten' }
    }
    const paths = sampling.safeParse(samplingOf(draft)).error?.issues.map(({ path }) => path.join('.'))
    expect(paths?.toSorted()).toEqual(['confidence.to', 'limits.run.perHour'])
  })
})
