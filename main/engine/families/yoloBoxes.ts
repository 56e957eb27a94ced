import type { YoloDetectParameters } from '../../contract/families.ts'
import { bestFirst, newCandidates, nms, type Candidates } from '../geometry/nms.ts'
import type { Placement } from '../preprocess/placement.ts'
import type { ModelFacts, OutputTensor, RawPrediction } from './family.ts'
import { numbers } from './numbers.ts'
import { ultralyticsFacts } from './ultralytics.ts'

/**
 * Boxes as YOLO heads (v8, 11, 26 and alike) answer them, whatever follows them: columns `[1, 4 + classes + extras, A]`
 * of cx, cy, w, h, class scores and extras; or rows `[1, N, 6 + extras]` of x1, y1, x2, y2, score, class and extras,
 * without overlaps (end-to-end heads, or exported with `nms=True`: rows of zeros fill up). Coordinates are px of the
 * network's input. Layouts: ultralytics/nn/modules/head.py.
 */

export type Layout = 'columns' | 'rows'

/** How many classes, and how many numbers of each detection follow box and scores. */
export interface HeadShape {
  classes: number
  extras: number
}

const boxLength = 6
/** More rows than an export keeps would be anchors of a column layout. */
const mostRows = 1000

/** Whether a tensor has the layout's shape. */
export function hasLayout(dims: readonly number[], layout: Layout, { classes, extras }: HeadShape): boolean {
  const [batch, second = 0, third = 0] = dims
  if (dims.length !== 3 || batch !== 1) return false
  return layout === 'columns' ? second === 4 + classes + extras : third === boxLength + extras && second <= mostRows
}

/** By the option, then by what the file says, then by the shape; undefined where neither layout fits. */
export function layoutOf(
  dims: readonly number[],
  head: HeadShape,
  option: Layout | 'auto',
  facts: ModelFacts
): Layout | undefined {
  const said = ultralyticsFacts(facts.metadata).rows
  const wanted: Layout[] = said === true ? ['rows', 'columns'] : ['columns', 'rows']
  return (option === 'auto' ? wanted : [option]).find((layout) => hasLayout(dims, layout, head))
}

/** Detections above the floor, without overlaps: candidates, and the indexes of those that are kept, the best first. */
export function detections(
  output: OutputTensor,
  layout: Layout,
  head: HeadShape,
  parameters: YoloDetectParameters,
  floor: number
): { candidates: Candidates; kept: number[] } {
  const { iou, classAgnostic, maxDetections: most } = parameters
  if (layout === 'columns') {
    const candidates = fromColumns(output, head.classes, floor)
    return { candidates, kept: nms(candidates, { iou, classAgnostic, most }) }
  }
  const candidates = fromRows(output, boxLength + head.extras, floor)
  return { candidates, kept: bestFirst(candidates).slice(0, most) }
}

/** The extras of the detection that an anchor or row holds. */
export function extrasOf({ dims, data }: OutputTensor, layout: Layout, head: HeadShape, source: number): Float32Array {
  if (layout === 'rows') {
    const start = source * (boxLength + head.extras) + boxLength
    return data.subarray(start, start + head.extras)
  }
  const anchors = dims[2] ?? 0
  return Float32Array.from({ length: head.extras }, (_, at) => data[(4 + head.classes + at) * anchors + source] ?? 0)
}

/** The best class of each anchor, where its score is above the floor. */
function fromColumns(output: OutputTensor, classes: number, floor: number): Candidates {
  const anchors = output.dims[2] ?? 0
  const data = numbers(output)
  const best = new Float32Array(anchors)
  const bestClass = new Int32Array(anchors)
  for (let c = 0; c < classes; c++) {
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
    const corners: Corners = [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2]
    push(candidates, corners, score, bestClass[at] ?? 0, at)
  }
  return candidates
}

function fromRows(output: OutputTensor, length: number, floor: number): Candidates {
  const [, rows = 0] = output.dims
  const data = numbers(output)
  const candidates = newCandidates(rows)
  for (let row = 0; row < rows; row++) {
    const start = row * length
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, score = 0, classIndex = 0] = data.subarray(start, start + boxLength)
    if (score > floor) push(candidates, [x1, y1, x2, y2], score, Math.round(classIndex), row)
  }
  return candidates
}

type Corners = [number, number, number, number]

/** Adds a candidate; corners in px of the network’s input. */
export function push(
  candidates: Candidates,
  corners: Corners,
  score: number,
  classIndex: number,
  source: number
): void {
  const at = candidates.length++
  ;[candidates.x1[at], candidates.y1[at], candidates.x2[at], candidates.y2[at]] = corners
  candidates.score[at] = score
  candidates.classIndex[at] = classIndex
  candidates.source[at] = source
}

/** Back to px of the original image, clipped to it. */
export function toDetection(
  candidates: Candidates,
  index: number,
  classes: readonly string[],
  placement: Placement
): RawPrediction & { box: NonNullable<RawPrediction['box']> } {
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
