import { yoloDetectOptions, yoloDetectParameters, type YoloDetectParameters } from '../../contract/families.ts'
import type { Box, RotatedBox, Size } from '../../contract/geometry.ts'
import type { ModelSpec } from '../../contract/model.ts'
import { cornersOf, regularised, rotatedNms, type RotatedCandidate } from '../geometry/rotatedNms.ts'
import { ModelRefusal } from '../modelRefusal.ts'
import type { Placement } from '../preprocess/placement.ts'
import { flagged, lowerFloor } from './candidateFloor.ts'
import type { FamilyReader, ModelFacts, OutputTensor, RawPrediction, Recognition } from './family.ts'
import { numbers } from './numbers.ts'
import { outputWords } from './shapes.ts'
import { ultralyticsFacts, yoloRecognition } from './ultralytics.ts'
import { hasLayout, layoutOf, type HeadShape, type Layout } from './yoloBoxes.ts'

/** Rows have centre, width, height, score, class and angle. */
const rowLength = 7

/**
 * YOLO detectors of rotated boxes: columns `[1, 4 + classes + 1, A]` of cx, cy, w, h, class scores and the angle; or rows
 * `[1, N, 7]` without overlaps. Px of the network's input, angles in radians. Layouts: ultralytics/nn/modules/head.py.
 */
export const yoloObb: FamilyReader = {
  family: 'yolo-obb',
  expects: '[1, 4 + classes + 1, anchors] or [1, detections, 7]',
  recognise,
  open(spec, given, facts, probe, candidateFloor) {
    const parameters = yoloDetectParameters.parse(given)
    const head: HeadShape = { classes: spec.classes.length, extras: 1 }
    const layout = layoutOf(probe[0]?.dims ?? [], head, yoloDetectOptions.parse(spec.options).layout, facts)
    if (!layout) throw wrongShape(spec, probe)
    const floor = lowerFloor(parameters.confidence, candidateFloor)
    return (outputs, placement) => {
      const [output] = outputs
      if (!output || !hasLayout(output.dims, layout, head)) throw wrongShape(spec, outputs)
      return found(output, layout, parameters, floor).map((one) =>
        flagged(toPrediction(one, spec, placement), parameters.confidence)
      )
    }
  }
}

/** Only by the file's own word: the shapes are those of others too. */
function recognise({ metadata, outputs }: ModelFacts): Recognition | null {
  const file = ultralyticsFacts(metadata)
  if (file.task !== 'obb' || outputs.length !== 1 || outputs[0]?.shape.length !== 3) return null
  return yoloRecognition('yolo-obb', file)
}

function wrongShape(spec: ModelSpec, outputs: readonly OutputTensor[]): ModelRefusal {
  return new ModelRefusal(
    'MODEL_UNSUPPORTED',
    `a YOLO detector of rotated boxes with ${spec.classes.length} classes answers ${yoloObb.expects}, ` +
      `this model answered ${outputWords(outputs)}`
  )
}

/** The best first: what lies below the confidence floor comes last, and drops nothing above it. */
function found(
  output: OutputTensor,
  layout: Layout,
  { iou, classAgnostic, maxDetections }: YoloDetectParameters,
  floor: number
): RotatedCandidate[] {
  if (layout === 'columns') {
    return rotatedNms(fromColumns(output, floor), { iou, classAgnostic, most: maxDetections })
  }
  return fromRows(output, floor)
    .sort((a, b) => b.score - a.score)
    .slice(0, maxDetections)
}

/** The best class of each anchor, where its score is above the floor. */
function fromColumns(output: OutputTensor, floor: number): RotatedCandidate[] {
  const [, rows = 0, anchors = 0] = output.dims
  const data = numbers(output)
  const candidates: RotatedCandidate[] = []
  for (let anchor = 0; anchor < anchors; anchor++) {
    const at = (row: number) => data[row * anchors + anchor] ?? 0
    let best = 4
    for (let row = 5; row < rows - 1; row++) if (at(row) > at(best)) best = row
    if (!(at(best) > floor)) continue
    const shape = { cx: at(0), cy: at(1), width: at(2), height: at(3), angle: at(rows - 1) }
    candidates.push({ ...shape, score: at(best), classIndex: best - 4 })
  }
  return candidates
}

function fromRows(output: OutputTensor, floor: number): RotatedCandidate[] {
  const [, rows = 0] = output.dims
  const data = numbers(output)
  const candidates: RotatedCandidate[] = []
  for (let row = 0; row < rows; row++) {
    const values = data.subarray(row * rowLength, (row + 1) * rowLength)
    const [cx = 0, cy = 0, width = 0, height = 0, score = 0, classIndex = 0, angle = 0] = values
    if (score > floor) candidates.push({ cx, cy, width, height, angle, score, classIndex: Math.round(classIndex) })
  }
  return candidates
}

function toPrediction(one: RotatedCandidate, { classes, input }: ModelSpec, placement: Placement): RawPrediction {
  const box = regularised(input.resize === 'letterbox' ? asReference(one, placement) : toOriginal(one, placement))
  return {
    class: classes[one.classIndex] ?? `class ${one.classIndex}`,
    confidence: Math.min(1, one.score),
    box: around(box, placement.original),
    rotatedBox: box
  }
}

/**
 * To px of the original as the reference does, which only letterboxes: width and height by the axes' scales, which
 * differ by the rounding to whole px, whatever the angle. Source: scale_boxes in ultralytics/utils/ops.py.
 */
function asReference({ cx, cy, width, height, angle }: RotatedBox, placement: Placement): RotatedBox {
  const { scaleX, scaleY, left, top } = placement
  return {
    cx: (cx - left) / scaleX,
    cy: (cy - top) / scaleY,
    width: width / scaleX,
    height: height / scaleY,
    angle
  }
}

/** To px of the original; where its axes scale apart, the sides keep their directions and are no longer quite square. */
function toOriginal({ cx, cy, width, height, angle }: RotatedBox, placement: Placement): RotatedBox {
  const { scaleX, scaleY, left, top } = placement
  const [ux, uy] = [Math.cos(angle) / scaleX, Math.sin(angle) / scaleY]
  const [vx, vy] = [Math.sin(angle) / scaleX, Math.cos(angle) / scaleY]
  return {
    cx: (cx - left) / scaleX,
    cy: (cy - top) / scaleY,
    width: width * Math.hypot(ux, uy),
    height: height * Math.hypot(vx, vy),
    angle: scaleX === scaleY ? angle : Math.atan2(uy, ux)
  }
}

/** The upright box around a rotated one, within the image. */
function around(box: RotatedBox, { width, height }: Size): Box {
  const corners = cornersOf(box)
  const xs = corners.map(([x]) => Math.min(Math.max(x, 0), width))
  const ys = corners.map(([, y]) => Math.min(Math.max(y, 0), height))
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}
