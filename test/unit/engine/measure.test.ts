import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Prediction, SizeThreshold } from '../../../main/contract/index.ts'
import { measured } from '../../../main/engine/measure.ts'

const area = fc.integer({ min: 0, max: 12 })
const someClass = fc.constantFrom('scratch', 'dent', 'stain')
const somePrediction: fc.Arbitrary<Prediction> = fc
  .record({ class: someClass, confidence: fc.constant(0.5), unknown: fc.boolean(), areaPx: fc.option(area) })
  .map(({ areaPx, ...rest }) => (areaPx === null ? rest : { ...rest, mask: { areaPx } }))
const someThreshold: fc.Arbitrary<SizeThreshold> = fc
  .record({
    classes: fc.uniqueArray(someClass, { minLength: 1 }),
    operator: fc.constantFrom('between', 'gte', 'lte'),
    value: fc.integer({ min: 1, max: 6 }),
    more: fc.integer({ min: 1, max: 5 })
  })
  .map(({ more, ...rest }) => ({
    ...rest,
    ...(rest.operator === 'between' && { secondValue: rest.value + more }),
    name: `${rest.operator} ${rest.value}`,
    metadata: { lens: `${more}` },
    includeInSampling: false
  }))

/** Written out from the setup's words; what has no mask has no area. */
function isMet({ mask, class: name }: Prediction, { classes, operator, value, secondValue }: SizeThreshold): boolean {
  if (!mask || !classes.includes(name)) return false
  const bounds = { between: [value, secondValue ?? 0], gte: [value, 1e9], lte: [0, value] }[operator]
  return mask.areaPx >= (bounds[0] ?? 0) && mask.areaPx <= (bounds[1] ?? 0)
}

it('names the thresholds that each area meets, in the setup’s order, with their metadata', () => {
  fc.assert(
    fc.property(fc.array(somePrediction), fc.array(someThreshold), (predictions, thresholds) => {
      const given = structuredClone(predictions)
      const result = measured(predictions, thresholds)
      expect(predictions).toEqual(given)
      expect(result.map(({ sizeThresholds, ...rest }) => [rest, sizeThresholds])).toEqual(
        given.map((one) => [
          one,
          thresholds.filter((threshold) => isMet(one, threshold)).map(({ name, metadata }) => ({ name, metadata }))
        ])
      )
    })
  )
})

it('is inclusive at both ends', () => {
  const between = { name: 'Threshold', classes: ['dent'], metadata: {}, includeInSampling: false, value: 250 }
  const thresholds: SizeThreshold[] = [{ ...between, operator: 'between', secondValue: 900 }]
  const met = [249, 250, 251, 899, 900, 901].map((areaPx) => {
    const [one] = measured([{ class: 'dent', confidence: 1, unknown: false, mask: { areaPx } }], thresholds)
    return one?.sizeThresholds?.length
  })
  expect(met).toEqual([0, 1, 1, 1, 1, 0])
})

it('adds nothing where the setup measures no sizes', () => {
  const predictions: Prediction[] = [{ class: 'dent', confidence: 1, unknown: false, mask: { areaPx: 9 } }]
  expect(measured(predictions, undefined)).toEqual(predictions)
})
