import type { ModelSpec } from '../../contract/model.ts'
import type { OutputTensor } from './family.ts'
import { numbers } from './numbers.ts'

/**
 * The queries of an RT-DETR, by what its export answers:
 * - the official one (references/deploy of lyuwenyu/RT-DETR) labels, corners and scores; corners in px of the size that
 *   it is given, which the engine makes the input's, so that one way back serves every resize rule;
 * - Ultralytics' `[1, N, 4 + classes]`, centre and size as shares of the input and a score for each class;
 * - Ultralytics' since 2026 `[1, N, 6]`, centre and size, score and class, the best already chosen (RTDETRDecoder in
 *   nn/modules/head.py).
 */

/** Corners in px of the network's input. */
export interface Query {
  corners: [number, number, number, number]
  score: number
  classIndex: number
}

/** Undefined where the outputs have another layout. */
type Reader = (outputs: readonly OutputTensor[]) => Query[] | undefined

const chosenLength = 6

/** How a model's outputs are read, told by those of the warm-up; undefined where they are no RT-DETR's. */
export function readerOf(probe: readonly OutputTensor[], spec: ModelSpec): Reader | undefined {
  const length = 4 + spec.classes.length
  const ofEach: Reader = (outputs) => ofRows(outputs, length, (row) => bestOf(row, spec.classes.length), spec)
  const chosen: Reader = (outputs) => ofRows(outputs, chosenLength, ([, , , , score = 0, at = 0]) => [score, at], spec)
  // Of two classes, rows of both kinds are alike in length: only classes are whole numbers, the best row first.
  const wanted = isChosen(probe) ? [triple, chosen] : [triple, ofEach]
  return wanted.find((reader) => reader(probe) !== undefined)
}

function triple(outputs: readonly OutputTensor[]): Query[] | undefined {
  const [labels, boxes, scores] = ['labels', 'boxes', 'scores'].map((name) => outputs.find((one) => one.name === name))
  const count = scores?.data.length ?? -1
  if (!labels || !boxes || !scores || labels.data.length !== count || boxes.data.length !== 4 * count) return undefined
  const [places, kinds] = [numbers(boxes), numbers(labels)]
  return Array.from(numbers(scores), (score, at) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = places.subarray(4 * at, 4 * at + 4)
    return { corners: [x1, y1, x2, y2], score, classIndex: kinds[at] ?? 0 }
  })
}

function ofRows(
  [output]: readonly OutputTensor[],
  length: number,
  scoreAndClass: (row: Float32Array) => readonly [number, number],
  { input }: ModelSpec
): Query[] | undefined {
  const [batch, queries = 0, found] = output?.dims ?? []
  if (!output || output.dims.length !== 3 || batch !== 1 || found !== length) return undefined
  const data = numbers(output)
  return Array.from({ length: queries }, (_, query) => {
    const row = data.subarray(query * length, (query + 1) * length)
    const [cx = 0, cy = 0, w = 0, h = 0] = row
    const [left, right] = [(cx - w / 2) * input.width, (cx + w / 2) * input.width]
    const [top, bottom] = [(cy - h / 2) * input.height, (cy + h / 2) * input.height]
    const [score, classIndex] = scoreAndClass(row)
    return { corners: [left, top, right, bottom], score, classIndex }
  })
}

function bestOf(row: Float32Array, classes: number): readonly [number, number] {
  let at = 0
  for (let c = 1; c < classes; c++) if ((row[4 + c] ?? 0) > (row[4 + at] ?? 0)) at = c
  return [row[4 + at] ?? 0, at]
}

function isChosen([output]: readonly OutputTensor[]): boolean {
  if (output?.dims.length !== 3 || output.dims[2] !== chosenLength) return false
  const { data } = output
  for (let at = 0; at < data.length; at += chosenLength) {
    const falls = at === 0 || (data[at - 2] ?? 0) >= (data[at + 4] ?? 0)
    if (!falls || !Number.isInteger(data[at + 5])) return false
  }
  return true
}
