import fc from 'fast-check'
import { expect, it } from 'vitest'
import { modelSpec } from '../../../main/contract/index.ts'
import { yoloDetect } from '../../../main/engine/families/yoloDetect.ts'
import type { OutputTensor } from '../../../main/engine/families/family.ts'
import { letterbox } from '../../../main/engine/preprocess/placement.ts'

const classes = ['a', 'b']
const input = { width: 64, height: 64, resize: 'letterbox' }
const spec = modelSpec.parse({ name: 'tiny', task: 'detection', family: 'yolo-detect', classes, input })
const facts = { inputs: [], outputs: [], metadata: {} }
const placement = letterbox({ width: 64, height: 64 }, { width: 64, height: 64 })

interface Anchor {
  cx: number
  cy: number
  scores: [number, number]
}

/** Boxes of 16 px about the anchors: many overlap. */
function columns(anchors: Anchor[]): OutputTensor {
  const rows = anchors.map(({ cx, cy, scores }) => [cx, cy, 16, 16, ...scores])
  const data = Float32Array.from({ length: 6 * anchors.length }, (_, at) => {
    return rows[at % anchors.length]?.[Math.floor(at / anchors.length)] ?? 0
  })
  return { name: 'output0', dims: [1, 6, anchors.length], data }
}

function rows(anchors: Anchor[]): OutputTensor {
  const data = anchors.flatMap(({ cx, cy, scores }) => [cx - 8, cy - 8, cx + 8, cy + 8, scores[0], 1])
  return { name: 'output0', dims: [1, anchors.length, 6], data: Float32Array.from(data) }
}

function predict(output: OutputTensor, layout: string, parameters: object, candidateFloor?: number) {
  const decoder = yoloDetect.open(
    { ...spec, options: { layout } },
    { ...parameters },
    facts,
    [output],
    ...(candidateFloor === undefined ? [] : [candidateFloor])
  )
  return decoder([output], placement, 'polygon')
}

const score = fc.integer({ min: 0, max: 20 }).map((step) => step / 20)
const place = fc.integer({ min: 0, max: 16 }).map((step) => step * 4)
const anchors = fc.array(fc.record({ cx: place, cy: place, scores: fc.tuple(score, score) }), {
  minLength: 1,
  maxLength: 40
})
const someParameters = fc.record({
  confidence: score,
  iou: fc.constantFrom(0.1, 0.5, 0.9),
  maxDetections: fc.constantFrom(1, 3, 300),
  classAgnostic: fc.boolean()
})

it.each([
  ['columns', columns],
  ['rows', rows]
] as const)('candidates never change what is answered: %s', (layout, toOutput) => {
  fc.assert(
    fc.property(anchors, someParameters, score, (given, parameters, candidateFloor) => {
      const output = toOutput(given)
      const all = predict(output, layout, parameters, candidateFloor)
      const candidates = all.filter(({ candidate }) => candidate)
      expect(all.filter(({ candidate }) => !candidate)).toEqual(predict(output, layout, parameters))
      const outside = candidates.filter(({ confidence }) => {
        return confidence > parameters.confidence || confidence < Math.fround(candidateFloor) || confidence === 0
      })
      expect(outside).toEqual([])
      expect(all.length).toBeLessThanOrEqual(parameters.maxDetections)
    })
  )
})

it('sees a candidate at the range’s lower end, the floor itself included, and no rows of zeros', () => {
  const at = (...scores: number[]) =>
    scores.map((one, index) => ({ cx: 8 + 20 * index, cy: 8, scores: [one, 0] as [number, number] }))
  const parameters = { confidence: 0.5, iou: 0.5, maxDetections: 300, classAgnostic: false }
  const seen = (candidateFloor: number) =>
    predict(rows(at(0.75, 0.5, 0.25)), 'rows', parameters, candidateFloor).map(({ confidence }) => confidence)
  expect([seen(0.5), seen(0.25), seen(0.75)]).toEqual([[0.75, 0.5], [0.75, 0.5, 0.25], [0.75]])
  expect(predict(rows(at(0.75, 0, 0)), 'rows', parameters, 0)).toHaveLength(1)
})
