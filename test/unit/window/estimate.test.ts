import { describe, expect, it } from 'vitest'
import { modelSpec, type Model } from '../../../main/contract/index.ts'
import { newDraft } from '../../../renderer/setup/draft.ts'
import { estimateQuestionOf } from '../../../renderer/setup/estimateQuestionOf.ts'
import { aboutNumber } from '../../../renderer/setup/estimateWords.ts'
import { newThreshold } from '../../../renderer/setup/sizesDraft.ts'
import { newThresholds } from '../../../renderer/setup/thresholdsDraft.ts'

describe('an estimated number', () => {
  it.each([
    [0, '0'],
    [0.04, '0.04'],
    [0.44, '0.4'],
    [3, '3'],
    [3.16, '3.2'],
    [9.96, '10'],
    [31.4, '31'],
    [999.4, '999'],
    [11_312, '11,300']
  ])('%f is said as %s', (value, words) => {
    expect(aboutNumber(value)).toBe(words)
  })
})

describe('what an estimate is asked about', () => {
  const id = '01K0000000000000000000000A'
  const input = { width: 64, height: 64, resize: 'letterbox', interpolation: 'bilinear', pad: 114, channels: 'rgb' }
  const values = { scale: 1, mean: [0, 0, 0], std: [1, 1, 1] }
  const about = { name: 'plates', version: '1.0', task: 'instance-segmentation', family: 'yolo-segment' }
  const spec = modelSpec.parse({ ...about, classes: ['dent'], input: { ...input, ...values }, options: {} })
  const model = { id, project: id, spec } as Model
  const draft = newDraft('Check', model, 1, newThresholds([]))

  it('is the draft’s parts, with the parameters’ defaults', () => {
    expect(estimateQuestionOf({ draft, model }, 'check')).toMatchObject({
      ...{ model: id, inference: 'check', sampling: { random: { probability: 0.05 } } },
      ...{ parameters: { confidence: 0.25 }, classThresholds: { source: 'none' } }
    })
  })

  it('leaves out size thresholds that are not complete yet', () => {
    const complete = { ...newThreshold([], 'Threshold'), classes: ['dent'], operator: 'gte' as const, value: '100' }
    const sizes = { on: true, thresholds: [complete, newThreshold([complete], 'Threshold')] }
    const asked = estimateQuestionOf({ draft: { ...draft, sizes }, model }, undefined)
    expect(asked?.sizeMeasurement.thresholds.map(({ name }) => name)).toEqual(['Threshold'])
  })

  it('is nothing while a rule or a parameter cannot be read', () => {
    const sampling = { ...draft.sampling, random: { on: true, percent: '' } }
    expect(estimateQuestionOf({ draft: { ...draft, sampling }, model }, undefined)).toBeNull()
    const parameters = { ...draft.parameters, confidence: 2 }
    expect(estimateQuestionOf({ draft: { ...draft, parameters }, model }, undefined)).toBeNull()
    expect(estimateQuestionOf({ draft, model: undefined }, undefined)).toBeNull()
  })
})
