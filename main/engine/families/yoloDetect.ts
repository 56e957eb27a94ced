import {
  yoloDetectOptions,
  yoloDetectParameters,
  type ModelSpec,
  type YoloDetectParameters
} from '../../contract/index.ts'
import { bestFirst, newCandidates, nms, type Candidates } from '../geometry/nms.ts'
import { ModelRefusal } from '../modelRefusal.ts'
import type { Placement } from '../preprocess/placement.ts'
import type { FamilyReader, ModelFacts, OutputTensor, RawPrediction, Recognition } from './family.ts'
import { numbers } from './numbers.ts'
import { fixedLength } from './shapes.ts'
import { ultralyticsFacts } from './ultralytics.ts'

type Layout = 'columns' | 'rows'

/** Rows have x1, y1, x2, y2, score and class. */
const rowLength = 6
/** More rows than an export keeps would be anchors of a column layout. */
const mostRows = 1000

/**
 * YOLO detectors (v8, 11, 26 and alike): columns `[1, 4 + classes, A]` of cx, cy, w, h and class scores, any A;
 * or rows `[1, N, 6]` without overlaps (end-to-end heads, or exported with `nms=True`: rows of zeros fill up).
 * Coordinates are px of the network's input. Layouts: ultralytics/nn/modules/head.py.
 */
export const yoloDetect: FamilyReader = {
  family: 'yolo-detect',
  expects: '[1, 4 + classes, anchors] or [1, detections, 6]',
  recognise,
  open(spec, given, facts, probe) {
    const parameters = yoloDetectParameters.parse(given)
    const [output] = probe
    const layout = output && layoutOf(output.dims, spec, facts)
    if (!layout) throw wrongShape(spec, probe)
    return (outputs, placement) => decode(outputs, layout, spec, parameters, placement)
  }
}

function recognise(facts: ModelFacts): Recognition | null {
  const [output] = facts.outputs
  if (facts.outputs.length !== 1 || !output || output.shape.length !== 3) return null
  const file = ultralyticsFacts(facts.metadata)
  if (file.task && file.task !== 'detect') return null
  const columns = fixedLength(output.shape[1])
  const named = file.names?.length
  const fits =
    fixedLength(output.shape[2]) === rowLength ||
    (columns !== undefined && (named === undefined ? columns > 4 : columns === 4 + named))
  if (!fits || (!file.task && (named === undefined || columns !== 4 + named))) return null
  const source = file.task ? 'file' : 'guess'
  return {
    spec: {
      task: 'detection',
      family: 'yolo-detect',
      ...(file.names ? { classes: file.names } : {}),
      input: { resize: 'letterbox', pad: 114, interpolation: 'bilinear' },
      options: { layout: 'auto' }
    },
    sources: {
      task: source,
      family: source,
      classes: file.names ? 'file' : 'missing',
      'input.resize': 'guess',
      'input.pad': 'guess',
      'options.layout': 'guess'
    }
  }
}

/** By the option, then by what the file says, then by the shape; undefined where neither layout fits. */
function layoutOf(dims: readonly number[], spec: ModelSpec, facts: ModelFacts): Layout | undefined {
  const [batch, second = 0, third = 0] = dims
  if (dims.length !== 3 || batch !== 1) return undefined
  const columnsFit = second === 4 + spec.classes.length
  const rowsFit = third === rowLength && second <= mostRows
  const { layout } = yoloDetectOptions.parse(spec.options)
  if (layout !== 'auto') return (layout === 'rows' ? rowsFit : columnsFit) ? layout : undefined
  const said = ultralyticsFacts(facts.metadata).rows
  if (said !== undefined && (said ? rowsFit : columnsFit)) return said ? 'rows' : 'columns'
  return columnsFit ? 'columns' : rowsFit ? 'rows' : undefined
}

function wrongShape(spec: ModelSpec, outputs: readonly OutputTensor[]): ModelRefusal {
  const seen = outputs.map(({ name, dims }) => `${name} [${dims.join(', ')}]`).join(' and ')
  return new ModelRefusal(
    'MODEL_UNSUPPORTED',
    `a YOLO detector of ${spec.classes.length} classes answers ${yoloDetect.expects}, this model answered ${seen}`
  )
}

function decode(
  outputs: readonly OutputTensor[],
  layout: Layout,
  spec: ModelSpec,
  parameters: YoloDetectParameters,
  placement: Placement
): RawPrediction[] {
  const [output] = outputs
  const expected = layout === 'columns' ? output?.dims[1] === 4 + spec.classes.length : output?.dims[2] === rowLength
  if (!output || !expected) throw wrongShape(spec, outputs)
  const candidates =
    layout === 'columns' ? fromColumns(output, parameters.confidence) : fromRows(output, parameters.confidence)
  const most = parameters.maxDetections
  const kept =
    layout === 'columns'
      ? nms(candidates, { iou: parameters.iou, classAgnostic: parameters.classAgnostic, most })
      : bestFirst(candidates).slice(0, most)
  return kept.map((index) => toPrediction(candidates, index, spec.classes, placement))
}

/** The best class of each anchor, where its score is above the floor. */
function fromColumns(output: OutputTensor, floor: number): Candidates {
  const [, rows = 0, anchors = 0] = output.dims
  const data = numbers(output)
  const best = new Float32Array(anchors)
  const bestClass = new Int32Array(anchors)
  for (let c = 0; c < rows - 4; c++) {
    const start = (4 + c) * anchors
    for (let at = 0; at < anchors; at++) {
      const score = data[start + at] ?? 0
      if (score > (best[at] ?? 0)) {
        best[at] = score
        bestClass[at] = c
      }
    }
  }
  const candidates = newCandidates(best.reduce((count, score) => count + (score > floor ? 1 : 0), 0))
  for (let at = 0; at < anchors; at++) {
    const score = best[at] ?? 0
    if (!(score > floor)) continue
    const [cx = 0, cy = 0, width = 0, height = 0] = [0, 1, 2, 3].map((row) => data[row * anchors + at])
    push(candidates, [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2], score, bestClass[at] ?? 0)
  }
  return candidates
}

function fromRows(output: OutputTensor, floor: number): Candidates {
  const [, rows = 0] = output.dims
  const data = numbers(output)
  const candidates = newCandidates(rows)
  for (let row = 0; row < rows; row++) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, score = 0, classIndex = 0] = data.subarray(
      row * rowLength,
      (row + 1) * rowLength
    )
    if (score > floor) push(candidates, [x1, y1, x2, y2], score, Math.round(classIndex))
  }
  return candidates
}

function push(
  candidates: Candidates,
  corners: [number, number, number, number],
  score: number,
  classIndex: number
): void {
  const at = candidates.length++
  ;[candidates.x1[at], candidates.y1[at], candidates.x2[at], candidates.y2[at]] = corners
  candidates.score[at] = score
  candidates.classIndex[at] = classIndex
}

/** Back to px of the original image, clipped to it. */
function toPrediction(
  candidates: Candidates,
  index: number,
  classes: readonly string[],
  placement: Placement
): RawPrediction {
  const { original, scaleX, scaleY, left, top } = placement
  const x = (value: number | undefined) => Math.min(Math.max(((value ?? 0) - left) / scaleX, 0), original.width)
  const y = (value: number | undefined) => Math.min(Math.max(((value ?? 0) - top) / scaleY, 0), original.height)
  const [x1, y1] = [x(candidates.x1[index]), y(candidates.y1[index])]
  const classIndex = candidates.classIndex[index] ?? 0
  return {
    class: classes[classIndex] ?? `class ${classIndex}`,
    confidence: Math.min(1, candidates.score[index] ?? 0),
    box: { x: x1, y: y1, width: x(candidates.x2[index]) - x1, height: y(candidates.y2[index]) - y1 }
  }
}
