import { noClass, type ClassMap } from './components.ts'
import type { Placement } from '../preprocess/placement.ts'

/** Scores of `classes` classes on a grid; strides say how far neighbours lie apart in `data`. */
export interface Logits {
  data: Float32Array
  classes: number
  width: number
  height: number
  classStride: number
  pixelStride: number
}

/** For each px of the original: the two grid places that it lies between, and the second's weight; −1 outside. */
interface Axis {
  low: Int32Array
  high: Int32Array
  weight: Float64Array
}

/** Px of a row from one to before another: of one class, or a cell of which more than one class can win parts. */
interface Stretch {
  from: number
  to: number
  classIndex: number
  contest?: { corners: Corners; rivals: number[] }
}

/** The grid places around a cell: upper left, upper right, lower left, lower right. */
type Corners = readonly [number, number, number, number]

/** Scores that lie this far below the highest add less than 1e-6 to the sum of their powers. */
const negligible = 14

/**
 * Logits seen at the original's resolution by one bilinear step, which undoes border or crop as well. With
 * `alignCorners` the outermost centres lie upon each other (PIDNet, tools/custom.py), else px share their edges.
 */
export class LogitField {
  readonly #logits: Logits
  readonly #x: Axis
  readonly #y: Axis
  readonly #best: Uint16Array
  readonly #placement: Placement
  readonly #scores: Float64Array
  readonly #highest: Float64Array

  constructor(logits: Logits, placement: Placement, alignCorners: boolean) {
    const { original, input, left, top, width, height } = placement
    this.#logits = logits
    this.#placement = placement
    this.#x = axis(original.width, width, left, input.width, logits.width, alignCorners)
    this.#y = axis(original.height, height, top, input.height, logits.height, alignCorners)
    this.#best = bestOfEach(logits)
    this.#scores = new Float64Array(logits.classes)
    this.#highest = new Float64Array(original.width)
  }

  /**
   * The best class of each px of the original. Between four grid places that share their best class it is that one
   * everywhere, since blends keep the order; elsewhere only classes that can win are blended. Rows between the same two
   * grid rows share this knowledge.
   */
  classMap(): ClassMap {
    const { width, height } = this.#placement.original
    const data = new Uint16Array(width * height).fill(noClass)
    const cells = cellStarts(this.#x)
    let stretches: Stretch[] = []
    for (let y = 0; y < height; y++) {
      if ((this.#y.low[y] ?? -1) < 0) continue
      const another = y === 0 || this.#y.low[y] !== this.#y.low[y - 1] || this.#y.high[y] !== this.#y.high[y - 1]
      if (another) stretches = this.#stretches(y, cells)
      for (const stretch of stretches) {
        if (stretch.contest) this.#fight(data, y, stretch, stretch.contest)
        else data.fill(stretch.classIndex, y * width + stretch.from, y * width + stretch.to)
      }
    }
    return { width, height, data }
  }

  /** The best class's softmax probability at a px of the original. */
  probability(x: number, y: number): number {
    const { classes } = this.#logits
    this.#blend(x, y)
    let highest = -Infinity
    for (let c = 0; c < classes; c++) highest = Math.max(highest, this.#scores[c] ?? 0)
    let sum = 0
    for (let c = 0; c < classes; c++) {
      const below = (this.#scores[c] ?? 0) - highest
      if (below > -negligible) sum += Math.exp(below)
    }
    return 1 / sum
  }

  /** A row's stretches of one class, and its cells of which more than one class can win parts. */
  #stretches(y: number, cells: readonly number[]): Stretch[] {
    const found: Stretch[] = []
    const upper = this.#line(this.#y.low[y])
    const lower = this.#line(this.#y.high[y])
    for (let cell = 0; cell + 1 < cells.length; cell++) {
      const from = cells[cell] ?? 0
      const to = cells[cell + 1] ?? 0
      const low = this.#x.low[from] ?? -1
      if (low < 0) continue
      const high = this.#x.high[from] ?? 0
      const classIndex = this.#sharedBest(upper + low, upper + high, lower + low, lower + high)
      const last = found.at(-1)
      if (classIndex === noClass) {
        const corners: Corners = [upper + low, upper + high, lower + low, lower + high]
        found.push({ from, to, classIndex, contest: { corners, rivals: this.#rivals(corners) } })
      } else if (last && last.classIndex === classIndex && last.to === from) last.to = to
      else found.push({ from, to, classIndex })
    }
    return found
  }

  /** The best class of four grid places, `noClass` where they differ. */
  #sharedBest(a: number, b: number, c: number, d: number): number {
    const best = this.#best
    const first = best[a] ?? noClass
    return best[b] === first && best[c] === first && best[d] === first ? first : noClass
  }

  /** All classes but those that one of the corners' best is above at every corner. */
  #rivals(corners: Corners): number[] {
    const rivals: number[] = []
    for (let at = 0; at < this.#logits.classes; at++) {
      if (!corners.some((corner) => this.#isAbove(this.#best[corner] ?? 0, at, corners))) rivals.push(at)
    }
    return rivals
  }

  /** Whether a class's scores are above another's at all four places. */
  #isAbove(winner: number, other: number, [a, b, c, d]: Corners): boolean {
    const { data, classStride, pixelStride } = this.#logits
    const [theirs, mine] = [winner * classStride, other * classStride]
    return (
      (data[a * pixelStride + theirs] ?? 0) > (data[a * pixelStride + mine] ?? 0) &&
      (data[b * pixelStride + theirs] ?? 0) > (data[b * pixelStride + mine] ?? 0) &&
      (data[c * pixelStride + theirs] ?? 0) > (data[c * pixelStride + mine] ?? 0) &&
      (data[d * pixelStride + theirs] ?? 0) > (data[d * pixelStride + mine] ?? 0)
    )
  }

  /** Blends the rivals at each px of a cell's row; the first of equals wins. */
  #fight(
    map: Uint16Array,
    y: number,
    { from, to }: Stretch,
    { corners, rivals }: NonNullable<Stretch['contest']>
  ): void {
    const { data, classStride, pixelStride } = this.#logits
    const [a, b, c, d] = corners
    const { weight } = this.#x
    const down = this.#y.weight[y] ?? 0
    const line = y * this.#placement.original.width
    const highest = this.#highest.fill(-Infinity, 0, to - from)
    for (const rival of rivals) {
      const shift = rival * classStride
      const upper = data[a * pixelStride + shift] ?? 0
      const upperRight = data[b * pixelStride + shift] ?? 0
      const left = upper + down * ((data[c * pixelStride + shift] ?? 0) - upper)
      const rise = upperRight + down * ((data[d * pixelStride + shift] ?? 0) - upperRight) - left
      for (let x = from; x < to; x++) {
        const score = left + (weight[x] ?? 0) * rise
        if (score <= (highest[x - from] ?? 0)) continue
        highest[x - from] = score
        map[line + x] = rival
      }
    }
  }

  #line(row: number | undefined): number {
    return (row ?? 0) * this.#logits.width
  }

  #blend(x: number, y: number): void {
    const { data, pixelStride, classStride, classes } = this.#logits
    const upper = this.#line(this.#y.low[y])
    const lower = this.#line(this.#y.high[y])
    const low = this.#x.low[x] ?? 0
    const high = this.#x.high[x] ?? 0
    const right = this.#x.weight[x] ?? 0
    const down = this.#y.weight[y] ?? 0
    let a = (upper + low) * pixelStride
    let b = (upper + high) * pixelStride
    let c = (lower + low) * pixelStride
    let d = (lower + high) * pixelStride
    for (let at = 0; at < classes; at++) {
      const above = (data[a] ?? 0) + right * ((data[b] ?? 0) - (data[a] ?? 0))
      const below = (data[c] ?? 0) + right * ((data[d] ?? 0) - (data[c] ?? 0))
      this.#scores[at] = above + down * (below - above)
      a += classStride
      b += classStride
      c += classStride
      d += classStride
    }
  }
}

/** The first best class of each grid place. */
function bestOfEach({ data, classes, width, height, classStride, pixelStride }: Logits): Uint16Array {
  const best = new Uint16Array(width * height)
  const highest = new Float32Array(width * height).fill(-Infinity)
  const perPixel = pixelStride !== 1
  for (let c = 0; c < classes && !perPixel; c++) {
    for (let at = 0, from = c * classStride; at < best.length; at++, from++) {
      const value = data[from] ?? 0
      if (value > (highest[at] ?? 0)) {
        highest[at] = value
        best[at] = c
      }
    }
  }
  for (let at = 0; at < best.length && perPixel; at++) best[at] = bestOf(data, at * pixelStride, classes, classStride)
  return best
}

function bestOf(data: Float32Array, from: number, classes: number, stride: number): number {
  let best = 0
  let highest = data[from] ?? 0
  for (let c = 1; c < classes; c++) {
    const value = data[from + c * stride] ?? 0
    if (value > highest) {
      highest = value
      best = c
    }
  }
  return best
}

/** Where the cells between grid places begin, and the end of the last. */
function cellStarts({ low, high }: Axis): number[] {
  const starts: number[] = []
  for (let x = 0; x < low.length; x++) if (x === 0 || low[x] !== low[x - 1] || high[x] !== high[x - 1]) starts.push(x)
  return [...starts, low.length]
}

function axis(
  original: number,
  filled: number,
  offset: number,
  input: number,
  grid: number,
  alignCorners: boolean
): Axis {
  const table = { low: new Int32Array(original), high: new Int32Array(original), weight: new Float64Array(original) }
  for (let at = 0; at < original; at++) {
    const inInput = offset + (alignCorners ? at * ratio(filled, original) : ((at + 0.5) * filled) / original - 0.5)
    const onGrid = alignCorners ? inInput * ratio(grid, input) : ((inInput + 0.5) * grid) / input - 0.5
    const place = Math.min(Math.max(onGrid, 0), grid - 1)
    const low = Math.floor(place)
    const outside = inInput < -0.5 || inInput > input - 0.5
    table.low[at] = outside ? -1 : low
    table.high[at] = place > low ? low + 1 : low
    table.weight[at] = place - low
  }
  return table
}

/** Of distances between outermost centres. */
function ratio(to: number, from: number): number {
  return from > 1 ? (to - 1) / (from - 1) : 0
}

/** A class map on a grid of any size, seen at the original's resolution by the nearest place. */
export function nearestClasses(
  { data, width, height }: { data: ArrayLike<number>; width: number; height: number },
  { original, input, left, top, width: filledX, height: filledY }: Placement
): ClassMap {
  const columns = nearestAxis(original.width, filledX, left, input.width, width)
  const rows = nearestAxis(original.height, filledY, top, input.height, height)
  const classes = new Uint16Array(original.width * original.height)
  rows.forEach((row, y) => {
    const line = y * original.width
    columns.forEach((column, x) => {
      classes[line + x] = row < 0 || column < 0 ? noClass : (data[row * width + column] ?? noClass)
    })
  })
  return { width: original.width, height: original.height, data: classes }
}

function nearestAxis(original: number, filled: number, offset: number, input: number, grid: number): Int32Array {
  return Int32Array.from({ length: original }, (_, at) => {
    const inInput = offset + ((at + 0.5) * filled) / original
    return inInput < 0 || inInput >= input ? -1 : Math.min(grid - 1, Math.floor((inInput * grid) / input))
  })
}
