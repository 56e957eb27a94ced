import { rfDetrOptions, rfDetrParameters } from '../../contract/families.ts'
import type { Box } from '../../contract/geometry.ts'
import type { ModelSpec } from '../../contract/model.ts'
import { instanceMask, prototypeGrid, type Prototypes } from '../geometry/instanceMask.ts'
import { bestFirst, newCandidates, type Candidates } from '../geometry/nms.ts'
import { toMask } from '../geometry/toMask.ts'
import { ModelRefusal } from '../modelRefusal.ts'
import type { Placement } from '../preprocess/placement.ts'
import { flagged, lowerFloor } from './candidateFloor.ts'
import type { FamilyReader, ModelFacts, OutputTensor, Recognition } from './family.ts'
import { numbers } from './numbers.ts'
import { outputWords } from './shapes.ts'
import { push, toDetection } from './yoloBoxes.ts'

/**
 * RF-DETR: boxes `dets` `[1, Q, 4]` (cx, cy, w, h, 0 to 1) and logits `labels` `[1, Q, C]`, each class of each query a
 * candidate of its own, of which as many are looked at as there are queries; with masks a third output of rank 4,
 * `[1, Q, h, w]` logits over the whole picture. Sources: rfdetr/export/_onnx/inference.py, and PostProcess in
 * rfdetr/models/postprocess.py.
 */
export const rfDetr: FamilyReader = {
  family: 'rf-detr',
  expects: '[1, queries, 4] and [1, queries, classes], and for masks [1, queries, height, width]',
  recognise,
  open(spec, given, _facts, probe, candidateFloor) {
    const { confidence, maxDetections } = rfDetrParameters.parse(given)
    const floor = lowerFloor(confidence, candidateFloor)
    const firstClass = firstClassOf(outputsOf(probe, spec), spec)
    return (outputs, placement, form) => {
      const seen = outputsOf(outputs, spec)
      const candidates = candidatesOf(seen, firstClass, spec.classes.length, floor, placement)
      const kept = bestFirst(candidates).slice(0, Math.min(maxDetections, seen.boxes.dims[1] ?? 0))
      return kept.map((index) => {
        const detection = flagged(toDetection(candidates, index, spec.classes, placement), confidence)
        if (!seen.masks) return detection
        const mask = maskOf(seen.masks, candidates.source[index] ?? 0, spec, placement)
        return { ...detection, mask: toMask(mask, placement.original, form) }
      })
    }
  }
}

interface Outputs {
  boxes: OutputTensor
  logits: OutputTensor
  /** Where masks are the task. */
  masks: OutputTensor | undefined
}

/** @throws ModelRefusal MODEL_UNSUPPORTED */
function outputsOf(outputs: readonly OutputTensor[], spec: ModelSpec): Outputs {
  const flat = outputs.filter(({ dims }) => dims.length === 3 && dims[0] === 1)
  const boxes =
    flat.find(({ name, dims }) => name === 'dets' && dims[2] === 4) ?? flat.find(({ dims }) => dims[2] === 4)
  const logits = flat.find((output) => output !== boxes)
  const masks = outputs.find(({ dims }) => dims.length === 4 && dims[0] === 1)
  const wantsMasks = spec.task === 'instance-segmentation'
  const queries = boxes?.dims[1]
  const fits = logits?.dims[1] === queries && (!wantsMasks || masks?.dims[1] === queries)
  if (boxes && logits && flat.length === 2 && fits) return { boxes, logits, masks: wantsMasks ? masks : undefined }
  const seen = outputWords(outputs)
  throw new ModelRefusal('MODEL_UNSUPPORTED', `RF-DETR answers ${rfDetr.expects}, this model answered ${seen}`)
}

/**
 * Which score is that of the first class: files have a score more than classes, at one end or the other.
 * @throws ModelRefusal MODEL_UNSUPPORTED where it must be told, or the counts do not fit
 */
function firstClassOf({ logits }: Outputs, spec: ModelSpec): number {
  const { firstClass } = rfDetrOptions.parse(spec.options)
  const scores = logits.dims[2] ?? 0
  const classes = spec.classes.length
  const counts = `the model gives ${scores} scores for each box, and ${classes} classes are named`
  if (scores !== classes && scores !== classes + 1) throw new ModelRefusal('MODEL_UNSUPPORTED', counts)
  if (scores === classes) return 0
  if (firstClass !== 'auto') return firstClass === 'first score' ? 0 : 1
  throw new ModelRefusal('MODEL_UNSUPPORTED', `${counts}: choose in the options which score is that of the first class`)
}

function candidatesOf(
  { boxes, logits }: Outputs,
  firstClass: number,
  classes: number,
  floor: number,
  { input }: Placement
): Candidates {
  const [, queries = 0, scores = 0] = logits.dims
  const [places, values] = [numbers(boxes), numbers(logits)]
  const candidates = newCandidates(queries * classes)
  for (let query = 0; query < queries; query++) {
    const [cx = 0, cy = 0, w = 0, h = 0] = places.subarray(query * 4, query * 4 + 4)
    const [x1, x2] = [(cx - w / 2) * input.width, (cx + w / 2) * input.width]
    const [y1, y2] = [(cy - h / 2) * input.height, (cy + h / 2) * input.height]
    for (let at = 0; at < classes; at++) {
      const score = 1 / (1 + Math.exp(-(values[query * scores + firstClass + at] ?? 0)))
      if (score > floor) push(candidates, [x1, y1, x2, y2], score, at, query)
    }
  }
  return candidates
}

/** A query's logits resized to the original, above zero; it is not cut to its box. */
function maskOf({ dims, data }: OutputTensor, query: number, spec: ModelSpec, { original }: Placement) {
  const [, , height = 0, width = 0] = dims
  const plane = {
    channels: 1,
    width,
    height,
    data: data.subarray(query * width * height, (query + 1) * width * height)
  }
  const grid = prototypeGrid(plane, original, spec.input.resize)
  const whole = { x: 0, y: 0, ...original }
  const box = spec.input.resize === 'stretch' ? around(plane, whole) : whole
  return instanceMask(Float32Array.of(1), plane, grid, box)
}

/** What can be above zero after resizing: from the cell before the first such cell to the one after the last. */
function around({ width, height, data }: Prototypes, whole: Box): Box {
  let [left, top, right, bottom] = [width, height, -1, -1]
  for (let at = 0; at < data.length; at++) {
    if (!((data[at] ?? 0) > 0)) continue
    const [x, y] = [at % width, Math.floor(at / width)]
    ;[left, right] = [Math.min(left, x), Math.max(right, x)]
    ;[top, bottom] = [Math.min(top, y), Math.max(bottom, y)]
  }
  if (right < 0) return { ...whole, width: 0, height: 0 }
  const [cellWidth, cellHeight] = [whole.width / width, whole.height / height]
  const [x, y] = [Math.max(0, (left - 1) * cellWidth), Math.max(0, (top - 1) * cellHeight)]
  return {
    x,
    y,
    width: Math.min(whole.width, (right + 2) * cellWidth) - x,
    height: Math.min(whole.height, (bottom + 2) * cellHeight) - y
  }
}

/** By its outputs' names: other DETRs have the same shapes, and other meanings. */
function recognise({ outputs }: ModelFacts): Recognition | null {
  const shapeOf = (name: string) => outputs.find((output) => output.name === name)?.shape
  const hasMasks = outputs.some(({ shape }) => shape.length === 4)
  if (shapeOf('dets')?.[2] !== 4 || shapeOf('labels')?.length !== 3 || outputs.length !== (hasMasks ? 3 : 2))
    return null
  return {
    spec: {
      task: hasMasks ? 'instance-segmentation' : 'detection',
      family: 'rf-detr',
      input: {
        resize: 'stretch',
        interpolation: 'bilinear-unrounded',
        mean: [0.485, 0.456, 0.406],
        std: [0.229, 0.224, 0.225]
      },
      options: { firstClass: 'auto' }
    },
    sources: {
      task: 'guess',
      family: 'guess',
      classes: 'missing',
      'input.resize': 'guess',
      'input.interpolation': 'guess',
      'input.mean': 'guess',
      'input.std': 'guess',
      'options.firstClass': 'guess'
    }
  }
}
