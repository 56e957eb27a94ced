import type { PixelMask } from './pixelMask.ts'
import { RunList } from './runs.ts'

/** A part of a plane of numbers, row by row; `left` and `top` place it in the plane. */
export interface Plane {
  left: number
  top: number
  width: number
  height: number
  data: Float32Array
}

/** Between which two cells each target position lies, and the second one's share. */
export interface Axis {
  first: Int32Array
  second: Int32Array
  share: Float32Array
}

/**
 * Bilinear interpolation along an axis with centres at half cells, as PyTorch's `interpolate` without `align_corners`:
 * beyond the outermost centres the outermost cell counts alone.
 * @param cells The source's `[start, start + length)`. @param target Its length after resizing.
 * @param from The positions of the target, `[from, to)`, that are wanted.
 */
export function interpolation(
  cells: { start: number; length: number },
  target: number,
  { from, to }: { from: number; to: number }
): Axis {
  const count = Math.max(0, to - from)
  const axis = { first: new Int32Array(count), second: new Int32Array(count), share: new Float32Array(count) }
  const scale = cells.length / target
  for (let at = 0; at < count; at++) {
    const place = Math.max(0, (from + at + 0.5) * scale - 0.5)
    const first = Math.min(Math.floor(place), cells.length - 1)
    axis.first[at] = cells.start + first
    axis.second[at] = cells.start + Math.min(first + 1, cells.length - 1)
    axis.share[at] = place - first
  }
  return axis
}

/** The cells that an axis looks at: `[from, to)`. */
export function spanOf({ first, second }: Axis): { from: number; to: number } {
  return { from: first[0] ?? 0, to: (second[second.length - 1] ?? -1) + 1 }
}

/** The plane resized to the positions of both axes. It must have every cell that they look at. */
export function resized(plane: Plane, columns: Axis, rows: Axis, left: number, top: number): Plane {
  const width = columns.first.length
  const height = rows.first.length
  const data = new Float32Array(width * height)
  const blended = new Float32Array(plane.width)
  for (let y = 0; y < height; y++) {
    blend(plane, rows, y, blended)
    for (let x = 0; x < width; x++) data[y * width + x] = between(blended, columns, x, plane.left)
  }
  return { left, top, width, height, data }
}

/** Where the plane, resized to the positions of both axes, is above zero. It must have every cell that they look at. */
export function positives(plane: Plane, columns: Axis, rows: Axis, left: number, top: number): PixelMask {
  const width = columns.first.length
  const height = rows.first.length
  const list = new RunList()
  const blended = new Float32Array(plane.width)
  const stretches = stretchesOf(columns)
  for (let y = 0; y < height; y++) {
    blend(plane, rows, y, blended)
    addPositives(blended, columns, stretches, plane.left, list, y)
  }
  return { left, top, width, height, runs: list.runs() }
}

/** Where positions between the same two cells begin; the last entry is the count of positions. */
function stretchesOf({ first }: Axis): number[] {
  const starts: number[] = []
  for (let x = 0; x < first.length; x++) if (x === 0 || first[x] !== first[x - 1]) starts.push(x)
  return [...starts, first.length]
}

/** Between two cells of one sign everything has that sign: only where it changes each position is looked at. */
function addPositives(
  blended: Float32Array,
  columns: Axis,
  stretches: readonly number[],
  left: number,
  list: RunList,
  y: number
): void {
  for (let at = 0; at + 1 < stretches.length; at++) {
    const from = stretches[at] ?? 0
    const to = stretches[at + 1] ?? 0
    const isFirst = (blended[(columns.first[from] ?? 0) - left] ?? 0) > 0
    const isSecond = (blended[(columns.second[from] ?? 0) - left] ?? 0) > 0
    if (isFirst && isSecond) list.extend(y, from, to)
    else if (isFirst || isSecond) {
      for (let x = from; x < to; x++) if (between(blended, columns, x, left) > 0) list.extend(y, x, x + 1)
    }
  }
}

function blend({ top, width, data }: Plane, { first, second, share }: Axis, y: number, row: Float32Array): void {
  const a = ((first[y] ?? 0) - top) * width
  const b = ((second[y] ?? 0) - top) * width
  const part = share[y] ?? 0
  for (let x = 0; x < width; x++) row[x] = (data[a + x] ?? 0) * (1 - part) + (data[b + x] ?? 0) * part
}

function between(row: Float32Array, { first, second, share }: Axis, x: number, left: number): number {
  const part = share[x] ?? 0
  return (row[(first[x] ?? 0) - left] ?? 0) * (1 - part) + (row[(second[x] ?? 0) - left] ?? 0) * part
}
