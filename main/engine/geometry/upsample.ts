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

/**
 * Where the plane, resized to the positions of both axes, is above zero. It must have every cell that they look at.
 * Between four cells of one sign everything has that sign, which rows between the same cells share; only where the sign
 * changes each position is looked at.
 */
export function positives(plane: Plane, columns: Axis, rows: Axis, left: number, top: number): PixelMask {
  const [width, height] = [columns.first.length, rows.first.length]
  const list = new RunList()
  const blended = new Float32Array(plane.width)
  const starts = startsOf(columns)
  let stretches: Stretch[] = []
  for (let y = 0; y < height; y++) {
    if (y === 0 || rows.first[y] !== rows.first[y - 1]) stretches = stretchesOf(plane, columns, starts, rows, y)
    if (stretches.some(({ isWhole }) => !isWhole)) blend(plane, rows, y, blended)
    for (const stretch of stretches) {
      if (stretch.isWhole) list.extend(y, stretch.from, stretch.to)
      else addPositives(blended, columns, stretch, plane.left, list, y)
    }
  }
  return { left, top, width, height, runs: list.runs() }
}

/** Positions of a row that are all above zero, or of which some may be. */
interface Stretch {
  from: number
  to: number
  isWhole: boolean
}

/** Where positions between the same two cells begin; the last entry is the count of positions. */
function startsOf({ first }: Axis): number[] {
  const starts: number[] = []
  for (let x = 0; x < first.length; x++) if (x === 0 || first[x] !== first[x - 1]) starts.push(x)
  return [...starts, first.length]
}

/** What is above zero somewhere, of all rows that lie between the same cells as this one. */
function stretchesOf(plane: Plane, columns: Axis, starts: readonly number[], rows: Axis, y: number): Stretch[] {
  const stretches: Stretch[] = []
  const upper = ((rows.first[y] ?? 0) - plane.top) * plane.width - plane.left
  const lower = ((rows.second[y] ?? 0) - plane.top) * plane.width - plane.left
  for (let at = 0; at + 1 < starts.length; at++) {
    const from = starts[at] ?? 0
    const to = starts[at + 1] ?? 0
    const first = columns.first[from] ?? 0
    const second = columns.second[from] ?? 0
    const above = isPositive(plane, upper + first) + isPositive(plane, upper + second)
    const count = above + isPositive(plane, lower + first) + isPositive(plane, lower + second)
    const last = stretches.at(-1)
    if (count === 4 && last?.isWhole && last.to === from) last.to = to
    else if (count > 0) stretches.push({ from, to, isWhole: count === 4 })
  }
  return stretches
}

function isPositive({ data }: Plane, cell: number): 0 | 1 {
  return (data[cell] ?? 0) > 0 ? 1 : 0
}

function addPositives(
  blended: Float32Array,
  columns: Axis,
  { from, to }: Stretch,
  left: number,
  list: RunList,
  y: number
): void {
  const isFirst = (blended[(columns.first[from] ?? 0) - left] ?? 0) > 0
  const isSecond = (blended[(columns.second[from] ?? 0) - left] ?? 0) > 0
  if (isFirst && isSecond) list.extend(y, from, to)
  else if (isFirst || isSecond) {
    for (let x = from; x < to; x++) if (between(blended, columns, x, left) > 0) list.extend(y, x, x + 1)
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
