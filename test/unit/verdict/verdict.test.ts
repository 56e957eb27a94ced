import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outcome, Prediction, VerdictRule } from '../../../main/contract/index.ts'
import { verdictOf } from '../../../main/host/verdict/verdict.ts'

const one = (name: string, others: Partial<Prediction> = {}): Prediction => ({
  ...{ class: name, confidence: 0.9, unknown: false },
  ...others
})
const rule = (name: string, when: VerdictRule['when'], outcome: Outcome): VerdictRule => ({ name, when, outcome })

const scratch = rule('a scratch', { classes: ['scratch', 'dent'] }, 'NG')
const many = rule('many stains', { count: { classes: ['stain', 'spot'], atLeast: 3 } }, 'WARN')
const large = rule('large', { sizeThresholds: ['Threshold', 'Threshold-3'] }, 'NG')
const unsure = rule('unsure', { unknown: true }, 'WARN')

const judge = (rules: VerdictRule[], ...found: Prediction[]) => verdictOf({ rules }, found, 'detection')

describe('a verdict', () => {
  it('is not said where none is asked for, and is OK where no rule holds', () => {
    expect(verdictOf(null, [one('scratch')], 'detection')).toBeNull()
    expect(judge([])).toEqual({ outcome: 'OK', rule: null })
    expect(judge([scratch, many, large, unsure], one('stain'))).toEqual({ outcome: 'OK', rule: null })
  })

  it.each([
    ['any of the classes', [one('dent')], { outcome: 'NG', rule: 'a scratch' }],
    ['fewer than the count', [one('stain'), one('spot')], { outcome: 'OK', rule: null }],
    [
      'the count over its classes together',
      [one('stain'), one('spot'), one('stain')],
      { outcome: 'WARN', rule: 'many stains' }
    ],
    ['any of the size thresholds', [one('hole', met('Threshold-3'))], { outcome: 'NG', rule: 'large' }],
    ['another size threshold', [one('hole', met('Threshold-2'))], { outcome: 'OK', rule: null }],
    ['an unknown, not as its class', [one('scratch', { unknown: true })], { outcome: 'WARN', rule: 'unsure' }],
    [
      'an unknown among a count',
      [one('stain'), one('spot'), one('spot', { unknown: true })],
      { outcome: 'WARN', rule: 'unsure' }
    ],
    [
      'an unknown that is large',
      [one('hole', { unknown: true, ...met('Threshold') })],
      { outcome: 'NG', rule: 'large' }
    ]
  ])('sees %s', (_, found, expected) => {
    expect(judge([many, unsure, scratch, large], ...found)).toEqual(expected)
  })

  it('looks at a classifier’s first class alone', () => {
    const found = [one('good'), one('scratch')]
    expect(verdictOf({ rules: [scratch] }, found, 'classification')).toEqual({ outcome: 'OK', rule: null })
    expect(verdictOf({ rules: [scratch] }, found.toReversed(), 'classification')).toMatchObject({ outcome: 'NG' })
  })

  it('names a rule for OK too', () => {
    expect(judge([rule('good part', { classes: ['good'] }, 'OK')], one('good'))).toEqual({
      outcome: 'OK',
      rule: 'good part'
    })
  })
})

function met(name: string) {
  return { sizeThresholds: [{ name, metadata: {} }] }
}

const outcomes = ['OK', 'WARN', 'NG'] as const
const names = fc.constantFrom('a', 'b', 'c')
const anyRule = fc.record({
  name: fc.uuid(),
  outcome: fc.constantFrom(...outcomes),
  when: fc.oneof(
    fc.record({ classes: fc.array(names, { minLength: 1 }) }),
    fc.record({ sizeThresholds: fc.array(names, { minLength: 1 }) }),
    fc.record({
      count: fc.record({ classes: fc.array(names, { minLength: 1 }), atLeast: fc.integer({ min: 1, max: 4 }) })
    }),
    fc.constant({ unknown: true as const })
  )
})
const anyPrediction = fc
  .record({ class: names, unknown: fc.boolean(), sizes: fc.uniqueArray(names) })
  .map(({ sizes, ...others }) => ({
    ...{ confidence: 0.5, ...others },
    sizeThresholds: sizes.map((name) => ({ name, metadata: {} }))
  }))
const scenes = [fc.array(anyRule, { maxLength: 6 }), fc.array(anyPrediction, { maxLength: 6 })] as const

describe('the laws of verdicts', () => {
  it('the worst single rule decides, the first of them is named, and a rule alone says what it says', () => {
    fc.assert(
      fc.property(...scenes, (rules, found) => {
        const alone = rules.map((each) => judge([each], ...found)).filter((verdict) => verdict?.rule)
        const worst = ['NG', 'WARN', 'OK'].find((outcome) => alone.some((verdict) => verdict?.outcome === outcome))
        const first = alone.find((verdict) => verdict?.outcome === worst)
        expect(judge(rules, ...found)).toEqual(first ?? { outcome: 'OK', rule: null })
      })
    )
  })

  it('more findings never make it better, and their order does not matter', () => {
    fc.assert(
      fc.property(...scenes, anyPrediction, (rules, found, another) => {
        const rank = (predictions: Prediction[]) => outcomes.indexOf(judge(rules, ...predictions)?.outcome ?? 'OK')
        expect(rank([...found, another])).toBeGreaterThanOrEqual(rank(found))
        expect(judge(rules, ...found.toReversed())).toEqual(judge(rules, ...found))
      })
    )
  })
})
