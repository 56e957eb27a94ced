import { rtDetrParameters, type ModelSpec, type RtDetrParameters } from '../../contract/index.ts'
import { ModelRefusal } from '../modelRefusal.ts'
import type { Placement } from '../preprocess/placement.ts'
import type { FamilyReader, ModelFacts, OutputTensor, RawPrediction, Recognition } from './family.ts'
import { numbers } from './numbers.ts'
import { fixedLength, outputWords } from './shapes.ts'
import { ultralyticsFacts } from './ultralytics.ts'

/** Corners in px of the network's input. */
interface Query {
  corners: [number, number, number, number]
  score: number
  classIndex: number
}

/** More queries than a decoder has would be a detector's anchors. */
const mostQueries = 1000

/**
 * RT-DETR, whose boxes need no suppression. The official export (references/deploy of lyuwenyu/RT-DETR) takes the size
 * that boxes are to have and answers labels, corners and scores; Ultralytics' (RTDETRDecoder in nn/modules/head.py)
 * answers `[1, queries, 4 + classes]` with centre and size as shares of the input and a score for each class. The engine
 * asks for boxes in px of the input, so that one way back serves every resize rule.
 */
export const rtDetr: FamilyReader = {
  family: 'rt-detr',
  expects: 'labels [1, N], boxes [1, N, 4] and scores [1, N], or one output [1, N, 4 + classes]',
  recognise,
  open(spec, given, _facts, probe) {
    const parameters = rtDetrParameters.parse(given)
    queriesOf(probe, spec)
    return (outputs, placement) =>
      best(queriesOf(outputs, spec), parameters).map((one) => toPrediction(one, spec, placement))
  }
}

function recognise(facts: ModelFacts): Recognition | null {
  const file = ultralyticsFacts(facts.metadata)
  const official = isOfficial(facts)
  if (!official && !isUltralytics(facts)) return null
  return {
    spec: {
      task: 'detection',
      family: 'rt-detr',
      ...(file.names ? { classes: file.names } : {}),
      input: { resize: 'stretch', interpolation: 'bilinear' },
      options: {}
    },
    sources: {
      task: file.task ? 'file' : 'guess',
      family: 'guess',
      classes: file.names ? 'file' : 'missing',
      'input.resize': 'guess'
    }
  }
}

function isOfficial({ inputs, outputs }: ModelFacts): boolean {
  const names = outputs.map(({ name }) => name)
  return inputs.length === 2 && ['labels', 'boxes', 'scores'].every((name) => names.includes(name))
}

/** Rows of 4 + classes numbers; those of a YOLO detector have 6 and say so. */
function isUltralytics({ metadata, outputs: [output, ...others] }: ModelFacts): boolean {
  const { task, names, rows } = ultralyticsFacts(metadata)
  if (task !== 'detect' || !names || rows || !output || others.length > 0 || output.shape.length !== 3) return false
  const queries = fixedLength(output.shape[1])
  return queries !== undefined && queries <= mostQueries && fixedLength(output.shape[2]) === 4 + names.length
}

/** @throws ModelRefusal MODEL_UNSUPPORTED */
function queriesOf(outputs: readonly OutputTensor[], spec: ModelSpec): Query[] {
  const [labels, boxes, scores] = ['labels', 'boxes', 'scores'].map((name) => outputs.find((one) => one.name === name))
  const count = scores?.data.length ?? -1
  if (labels && boxes && scores && labels.data.length === count && boxes.data.length === 4 * count) {
    return fromTriple(numbers(labels), numbers(boxes), numbers(scores))
  }
  const [output] = outputs
  const [batch, , length] = output?.dims ?? []
  if (output?.dims.length === 3 && batch === 1 && length === 4 + spec.classes.length) return fromRows(output, spec)
  throw new ModelRefusal(
    'MODEL_UNSUPPORTED',
    `an RT-DETR of ${spec.classes.length} classes answers ${rtDetr.expects}, this model answered ${outputWords(outputs)}`
  )
}

function fromTriple(labels: Float32Array, boxes: Float32Array, scores: Float32Array): Query[] {
  return Array.from(scores, (score, at) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxes.subarray(4 * at, 4 * at + 4)
    return { corners: [x1, y1, x2, y2], score, classIndex: labels[at] ?? 0 }
  })
}

/** The best class of each query. */
function fromRows(output: OutputTensor, { input, classes }: ModelSpec): Query[] {
  const [, queries = 0, length = 0] = output.dims
  const data = numbers(output)
  return Array.from({ length: queries }, (_, query) => {
    const row = data.subarray(query * length, (query + 1) * length)
    const [cx = 0, cy = 0, w = 0, h = 0] = row
    let classIndex = 0
    for (let c = 1; c < classes.length; c++) if ((row[4 + c] ?? 0) > (row[4 + classIndex] ?? 0)) classIndex = c
    const [left, right] = [(cx - w / 2) * input.width, (cx + w / 2) * input.width]
    const [top, bottom] = [(cy - h / 2) * input.height, (cy + h / 2) * input.height]
    return { corners: [left, top, right, bottom], score: row[4 + classIndex] ?? 0, classIndex }
  })
}

function best(queries: readonly Query[], { confidence, maxDetections }: RtDetrParameters): Query[] {
  return queries
    .filter(({ score }) => score > confidence)
    .sort((a, b) => b.score - a.score)
    .slice(0, maxDetections)
}

/** Back to px of the original image, clipped to it. */
function toPrediction(
  { corners, score, classIndex }: Query,
  { classes }: ModelSpec,
  placement: Placement
): RawPrediction {
  const { original, scaleX, scaleY, left, top } = placement
  const x = (value: number) => Math.min(Math.max((value - left) / scaleX, 0), original.width)
  const y = (value: number) => Math.min(Math.max((value - top) / scaleY, 0), original.height)
  const [x1, y1, x2, y2] = [x(corners[0]), y(corners[1]), x(corners[2]), y(corners[3])]
  return {
    class: classes[classIndex] ?? `class ${classIndex}`,
    confidence: Math.min(1, score),
    box: { x: x1, y: y1, width: x2 - x1, height: y2 - y1 }
  }
}
