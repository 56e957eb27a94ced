import fc from 'fast-check'
import { expect, it } from 'vitest'
import { modelSpec, type ModelSpec } from '../../../main/contract/index.ts'
import { families } from '../../../main/engine/families/families.ts'
import type { OutputTensor } from '../../../main/engine/families/family.ts'
import { letterbox } from '../../../main/engine/preprocess/placement.ts'

const facts = { inputs: [], outputs: [], metadata: {} }
const placement = letterbox({ width: 64, height: 64 }, { width: 64, height: 64 })

interface Anchor {
  cx: number
  cy: number
  scores: [number, number]
}

type ToOutputs = (anchors: Anchor[]) => OutputTensor[]

/** A tensor of one row for each anchor. */
function rowsOf(name: string, anchors: Anchor[], row: (anchor: Anchor) => number[]): OutputTensor {
  const data = anchors.map(row)
  return { name, dims: [1, anchors.length, data[0]?.length ?? 0], data: Float32Array.from(data.flat()) }
}

/** The same with the anchors along the last axis. */
function columnsOf(anchors: Anchor[], row: (anchor: Anchor) => number[]): OutputTensor[] {
  const { name, dims, data } = rowsOf('output0', anchors, row)
  const [, count = 0, length = 0] = dims
  const turned = data.map((_, at) => data[(at % count) * length + Math.floor(at / count)] ?? 0)
  return [{ name, dims: [1, length, count], data: turned }]
}

/** Boxes of 16 px about the anchors: many overlap. */
const rows: ToOutputs = (anchors) => [
  rowsOf('output0', anchors, ({ cx, cy, scores: [first] }) => [cx - 8, cy - 8, cx + 8, cy + 8, first, 1])
]
const shares = ({ cx, cy }: Anchor) => [cx / 64, cy / 64, 0.25, 0.25]
const layouts: [ModelSpec['family'], string, ToOutputs][] = [
  ['yolo-detect', 'columns', (anchors) => columnsOf(anchors, ({ cx, cy, scores }) => [cx, cy, 16, 16, ...scores])],
  ['yolo-detect', 'rows', rows],
  ['yolo-obb', 'columns', (anchors) => columnsOf(anchors, ({ cx, cy, scores }) => [cx, cy, 20, 10, ...scores, cx])],
  [
    'yolo-obb',
    'rows',
    (anchors) => [rowsOf('output0', anchors, ({ cx, cy, scores: [first] }) => [cx, cy, 20, 10, first, 1, cy])]
  ],
  ['rt-detr', 'rows', (anchors) => [rowsOf('output0', anchors, (anchor) => [...shares(anchor), ...anchor.scores])]],
  [
    'rt-detr',
    'labels, boxes and scores',
    (anchors) => [
      { name: 'labels', dims: [1, anchors.length], data: Float32Array.from(anchors, ({ cx }) => (cx > 30 ? 1 : 0)) },
      rowsOf('boxes', anchors, ({ cx, cy }) => [cx - 8, cy - 8, cx + 8, cy + 8]),
      { name: 'scores', dims: [1, anchors.length], data: Float32Array.from(anchors, ({ scores }) => scores[0]) }
    ]
  ],
  [
    'rf-detr',
    'logits',
    (anchors) => [
      rowsOf('dets', anchors, shares),
      rowsOf('labels', anchors, ({ scores }) => scores.map((one) => Math.log((one + 1e-9) / (1 - one + 1e-9))))
    ]
  ]
]

function predict(
  [family, layout]: readonly [ModelSpec['family'], string, ToOutputs],
  outputs: OutputTensor[],
  parameters: object,
  candidateFloor?: number
) {
  const input = { width: 64, height: 64, resize: 'letterbox' }
  const options = family.startsWith('yolo') ? { layout } : {}
  const classes = ['a', 'b']
  const spec = modelSpec.parse({ name: 'tiny', task: 'detection', family, classes, input, options })
  const floors = candidateFloor === undefined ? [] : [candidateFloor]
  const decoder = families[family].open(spec, { ...parameters }, facts, outputs, ...floors)
  return decoder(outputs, placement, 'polygon')
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

it.each(layouts)('candidates never change what is answered: %s, %s', (...layout) => {
  fc.assert(
    fc.property(anchors, someParameters, score, (given, parameters, candidateFloor) => {
      const outputs = layout[2](given)
      const all = predict(layout, outputs, parameters, candidateFloor)
      const candidates = all.filter(({ candidate }) => candidate)
      expect(all.filter(({ candidate }) => !candidate)).toEqual(predict(layout, outputs, parameters))
      const outside = candidates.filter(({ confidence }) => {
        return confidence > parameters.confidence || confidence < candidateFloor - 1e-6 || confidence === 0
      })
      expect(outside).toEqual([])
      expect(all.length).toBeLessThanOrEqual(parameters.maxDetections)
    })
  )
})

it.each(layouts)('shows all that no better one hides, down to the floor asked for: %s, %s', (...layout) => {
  const apart = [0.9, 0.6, 0.4, 0.2].map((one, at): Anchor => ({
    cx: 8 + 16 * at,
    cy: 8 + 16 * at,
    scores: [one, 0.001]
  }))
  const seen = predict(layout, layout[2](apart), { confidence: 0.5, iou: 0.5, maxDetections: 300 }, 0.3)
  expect(seen.map(({ confidence, candidate }) => [Math.round(confidence * 10), candidate === true])).toEqual([
    [9, false],
    [6, false],
    [4, true]
  ])
})

it('sees a candidate at the range’s lower end, the floor itself included, and no rows of zeros', () => {
  const at = (...scores: number[]) =>
    scores.map((one, index) => ({ cx: 8 + 20 * index, cy: 8, scores: [one, 0] as [number, number] }))
  const parameters = { confidence: 0.5, iou: 0.5, maxDetections: 300, classAgnostic: false }
  const seen = (candidateFloor: number) =>
    predict(layouts[1]!, rows(at(0.75, 0.5, 0.25)), parameters, candidateFloor).map(({ confidence }) => confidence)
  expect([seen(0.5), seen(0.25), seen(0.75)]).toEqual([[0.75, 0.5], [0.75, 0.5, 0.25], [0.75]])
  expect(predict(layouts[1]!, rows(at(0.75, 0, 0)), parameters, 0)).toHaveLength(1)
})
