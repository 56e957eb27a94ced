import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sizeThreshold, type SizeThreshold } from '../../../main/contract/index.ts'
import { areaBins, handleStep, scaleEnd } from '../../../renderer/setup/areaBins.ts'
import { renamed, withoutThreshold, withThresholdOf } from '../../../renderer/setup/changeThresholds.ts'
import { newDraft, type Draft } from '../../../renderer/setup/draft.ts'
import {
  defaultName,
  errorsById,
  newThreshold,
  readThreshold,
  sizeProblems,
  sizesDraftOf,
  sizesOf,
  type ThresholdDraft
} from '../../../renderer/setup/sizesDraft.ts'
import { sizeThresholdWords } from '../../../renderer/ui/setupWords.ts'
import { newThresholds } from '../../../renderer/setup/thresholdsDraft.ts'
import { createWords } from '../../../renderer/ui/words/createWords.ts'

const right: ThresholdDraft = {
  ...newThreshold([], 'Threshold'),
  ...{ classes: ['dent'], value: '250', secondValue: '900' }
}

const draftWith = (...thresholds: ThresholdDraft[]): Draft => ({
  ...newDraft('Check', undefined, 1, newThresholds([])),
  sizes: { on: true, thresholds }
})

const namesOf = ({ sizes }: Pick<Draft, 'sizes'>) => sizes.thresholds.map(({ name }) => name)

describe('default names of size thresholds', () => {
  it('count from Threshold, Threshold-2 on', () => {
    expect(defaultName([], 'Threshold')).toBe('Threshold')
    expect(defaultName(['Threshold'], 'Threshold')).toBe('Threshold-2')
    expect(defaultName(['Threshold', 'Threshold-3'], 'Threshold')).toBe('Threshold-2')
    expect(defaultName(['Threshold-1', 'Threshold-2'], 'Threshold')).toBe('Threshold')
  })

  it('take the lowest free number after any additions, deletions and renames', () => {
    const names = fc.oneof(
      fc.integer({ min: 1, max: 6 }).map((number) => (number === 1 ? 'Threshold' : `Threshold-${number}`)),
      fc.constantFrom('scuffs', 'Threshold-01', 'threshold', ' ')
    )
    const step = fc.record({ kind: fc.constantFrom('add', 'add', 'delete', 'rename'), at: fc.nat(9), name: names })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let draft = draftWith()
        for (const { kind, at, name } of steps) {
          const { thresholds } = draft.sizes
          const id = thresholds[at % Math.max(1, thresholds.length)]?.id ?? -1
          if (kind === 'delete') draft = { ...draft, ...withoutThreshold(draft, id) }
          else if (kind === 'rename') draft = { ...draft, ...renamed(draft, id, name) }
          else {
            const before = new Set(namesOf(draft))
            draft = {
              ...draft,
              sizes: { on: true, thresholds: [...thresholds, newThreshold(thresholds, 'Threshold')] }
            }
            const added = namesOf(draft).at(-1) ?? ''
            const number = added === 'Threshold' ? 1 : Number(/^Threshold-([1-9]\d*)$/.exec(added)?.[1])
            expect(before.has(added)).toBe(false)
            for (let lower = 1; lower < number; lower += 1) {
              expect(before.has(lower === 1 ? 'Threshold' : `Threshold-${lower}`)).toBe(true)
            }
          }
          expect(new Set(namesOf(draft)).size).toBe(draft.sizes.thresholds.length)
          expect(new Set(draft.sizes.thresholds.map((one) => one.id)).size).toBe(draft.sizes.thresholds.length)
        }
      })
    )
  })
})

describe('what is wrong with a size threshold', () => {
  it.each<[Partial<ThresholdDraft>, string[]]>([
    [{}, []],
    [{ value: '25o' }, ['sizes.0.value onlyNumbers']],
    [{ value: '' }, ['sizes.0.value onlyNumbers']],
    [{ value: '-3' }, ['sizes.0.value onlyNumbers']],
    [{ value: '2.5' }, ['sizes.0.value onlyNumbers']],
    [{ value: '1e3' }, ['sizes.0.value onlyNumbers']],
    [{ value: '٣' }, ['sizes.0.value onlyNumbers']],
    [{ value: '0' }, ['sizes.0.value notPositive']],
    [{ value: '007' }, []],
    [{ secondValue: '25o' }, ['sizes.0.secondValue onlyNumbers']],
    [{ secondValue: '0' }, ['sizes.0.secondValue notPositive']],
    [{ secondValue: '250' }, ['sizes.0.secondValue notHigher']],
    [{ secondValue: '251' }, []],
    [{ operator: 'gte', secondValue: 'x' }, []],
    [{ operator: 'lte', secondValue: '' }, []],
    [{ classes: [] }, ['sizes.0.classes noClass']],
    [{ wrongName: ' ' }, ['sizes.0.name noName']],
    [{ wrongName: 'x'.repeat(121) }, ['sizes.0.name badName']],
    [{ metadata: [{ id: 4, key: '', value: 'x' }] }, ['sizes.0.metadata.row.4 noKey']]
  ])('%j: %j', (part, expected) => {
    const found = sizeProblems({ on: true, thresholds: [{ ...right, ...part }] })
    expect(found.map((one) => one.join(' '))).toEqual(expected)
  })

  it('is nothing exactly where the contract accepts it', () => {
    const text = fc.oneof(fc.integer({ min: 0, max: 20 }).map(String), fc.constantFrom('', '2o', '-1', '1.5'))
    const part = fc.record({
      value: text,
      secondValue: text,
      operator: fc.constantFrom('between' as const, 'gte' as const, 'lte' as const),
      classes: fc.constantFrom<string[][]>([], ['dent'], ['dent', 'scratch'])
    })
    fc.assert(
      fc.property(part, (given) => {
        const sizes = { on: true, thresholds: [{ ...right, ...given }] }
        const isRight = sizeThreshold.safeParse(sizesOf(sizes).thresholds[0]).success
        expect(sizeProblems(sizes).length === 0).toBe(isRight)
        expect(sizesOf({ ...sizes, on: false }).thresholds).toHaveLength(isRight ? 1 : 0)
        expect(readThreshold({ ...right, ...given }) !== null).toBe(isRight)
      })
    )
  })

  it('is nothing while sizes are not measured', () => {
    expect(sizeProblems({ on: false, thresholds: [{ ...right, value: 'x' }] })).toEqual([])
  })

  it('is found where the host counts thresholds', () => {
    const sizes = {
      on: true,
      thresholds: [
        { ...right, id: 7 },
        { ...right, id: 3 }
      ]
    }
    const errors = { 'sizeMeasurement.thresholds.1.classes': 'foreign', name: 'taken' }
    expect(errorsById(errors, sizes)).toEqual({ 'sizes.3.classes': 'foreign', name: 'taken' })
  })
})

it('a stored setup comes back as it was', () => {
  const stored = {
    enabled: true,
    thresholds: [
      {
        ...{ name: 'a', classes: ['dent'], operator: 'between' as const, value: 2, secondValue: 9 },
        metadata: { k: 'v' }
      },
      { ...{ name: 'b', classes: ['dent', 'x'], operator: 'lte' as const, value: 7 }, metadata: {} }
    ].map((one, at) => ({ ...one, includeInSampling: at === 1 }))
  }
  expect(sizesOf(sizesDraftOf(stored))).toEqual(stored)
})

describe('what names a size threshold elsewhere', () => {
  const limits = { perMinute: 3, perHour: '', perDay: '', leastIntervalMs: '' }
  const rule = { id: 0, name: 'Rule', outcome: 'NG' as const, kind: 'sizeThresholds' as const, classes: [], atLeast: 1 }
  const base = draftWith(right, {
    ...newThreshold([right], 'Threshold'),
    classes: ['dent'],
    value: '1',
    secondValue: '2'
  })
  const draft: Draft = {
    ...base,
    sampling: { ...base.sampling, rules: { 'size:Threshold': limits } },
    verdict: { on: true, rules: [{ ...rule, sizeThresholds: ['Threshold-2', 'Threshold'] }] }
  }

  it('follows its new name', () => {
    const { sampling, verdict } = renamed(draft, 0, ' Scuffs ')
    expect(sampling.rules).toEqual({ 'size:Scuffs': limits })
    expect(verdict.rules[0]?.sizeThresholds).toEqual(['Threshold-2', 'Scuffs'])
  })

  it('goes with it, and comes back with it', () => {
    const gone = { ...draft, ...withoutThreshold(draft, 0) }
    expect(gone.sampling.rules).toEqual({})
    expect(gone.verdict.rules[0]?.sizeThresholds).toEqual(['Threshold-2'])
    expect(withThresholdOf(gone, draft, 0, 'Threshold')).toMatchObject({ sizes: draft.sizes, sampling: draft.sampling })
  })

  it('stays with whoever has taken its name meanwhile', () => {
    const gone = { ...draft, ...withoutThreshold(draft, 0) }
    const taken = { ...gone, ...renamed(gone, 1, 'Threshold') }
    const back = withThresholdOf(taken, draft, 0, 'Threshold')
    expect(namesOf(back)).toEqual(['Threshold-2', 'Threshold'])
    expect(back.sampling.rules).toEqual({})
  })
})

it('a closed size threshold reads as its rule', () => {
  const { t } = createWords()
  const rule = { name: 'x', classes: ['dent', 'stain'], value: 250, metadata: {}, includeInSampling: false }
  const words = (given: Partial<SizeThreshold> & Pick<SizeThreshold, 'operator'>) =>
    sizeThresholdWords((key, values) => t(key, values ?? {}), { ...rule, ...given }).replaceAll('\u00a0', ' ')
  expect(words({ operator: 'between', secondValue: 900 })).toBe('dent, stain, 250 to 900 px')
  expect(words({ operator: 'gte' })).toBe('dent, stain, 250 px and more')
  expect(words({ operator: 'lte' })).toBe('dent, stain, 250 px and less')
})

describe('the histogram of areas', () => {
  const areas = fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 1, maxLength: 200 })

  it('counts every area once, on a scale that holds nearly all of them and every value', () => {
    fc.assert(
      fc.property(areas, fc.array(fc.integer({ min: 1, max: 9_000_000 }), { maxLength: 2 }), (given, values) => {
        const end = scaleEnd(given, values)
        const counts = areaBins(given, end, 40)
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(given.length)
        expect(end).toBeGreaterThanOrEqual(Math.max(0, ...values))
        expect(given.filter((area) => area > end).length).toBeLessThanOrEqual(Math.ceil(given.length / 100))
        expect(Number.isInteger(handleStep(end))).toBe(true)
        expect(end / handleStep(end)).toBeGreaterThanOrEqual(10)
      })
    )
  })

  it('stands where the areas are', () => {
    expect(areaBins([0, 9, 10, 35, 99], 40, 4)).toEqual([2, 1, 0, 2])
    expect(scaleEnd([100], [900])).toBe(1000)
    expect(handleStep(1000)).toBe(5)
    expect(handleStep(100)).toBe(1)
  })
})
