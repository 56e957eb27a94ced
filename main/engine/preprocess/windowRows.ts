import type { Picture } from '../../base/picture/picture.ts'
import { BilinearRows } from './bilinearRows.ts'
import { roundHalfEven, type Placement } from './placement.ts'
import { areaUpTable } from './resizeTable.ts'
import { TableCache, type RowSource, type Window } from './rowSource.ts'
import { areaTable, fractionBits, triangleTable, type WindowTable } from './windowTable.ts'

type MakeTable = (source: number, target: number, from: number, to: number) => WindowTable

const none: WindowTable = {
  first: new Int32Array(0),
  count: new Int32Array(0),
  weights: new Float64Array(0),
  stride: 1
}

/**
 * Weighs a window of each axis, x before y. The rows of a window are kept once they are resized along x, since windows
 * of neighbouring rows overlap.
 */
class WindowRows implements RowSource {
  readonly #tables: TableCache<WindowTable>
  readonly #settle: (value: number) => number
  readonly #finish: (value: number) => number
  #picture: Picture = { width: 0, height: 0, data: new Uint8Array(0) }
  #columns = none
  #rows = none
  #top = 0
  #kept: Float64Array[] = []
  #keptRow = new Int32Array(0)
  #sums = new Float64Array(0)
  #pixels = new Uint8Array(0)

  /** @param settle Rounds what was weighed along x. @param finish Makes a pixel of what was weighed along both. */
  constructor(table: MakeTable, settle: (value: number) => number, finish: (value: number) => number) {
    this.#tables = new TableCache(table)
    this.#settle = settle
    this.#finish = finish
  }

  start(picture: Picture, placement: Placement, { left, right, top, bottom }: Window): void {
    this.#picture = picture
    this.#columns = this.#tables.get(picture.width, placement.width, left, right)
    this.#rows = this.#tables.get(picture.height, placement.height, top, bottom)
    this.#top = top
    const length = (right - left) * 3
    if (this.#sums.length !== length || this.#kept.length !== this.#rows.stride) {
      this.#kept = Array.from({ length: this.#rows.stride }, () => new Float64Array(length))
      this.#sums = new Float64Array(length)
      this.#pixels = new Uint8Array(length)
    }
    this.#keptRow = new Int32Array(this.#kept.length).fill(-1)
  }

  row(y: number): Uint8Array {
    const { first, count, weights, stride } = this.#rows
    const at = y - this.#top
    const sums = this.#sums.fill(0)
    for (let px = 0; px < (count[at] ?? 0); px++) {
      const weight = weights[at * stride + px] ?? 0
      const row = this.#alongX((first[at] ?? 0) + px)
      for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] ?? 0) + weight * (row[x] ?? 0)
    }
    const finish = this.#finish
    for (let x = 0; x < sums.length; x++) this.#pixels[x] = finish(sums[x] ?? 0)
    return this.#pixels
  }

  /** A source row, resized along x. */
  #alongX(y: number): Float64Array {
    const place = y % this.#kept.length
    const row = this.#kept[place] ?? this.#sums
    if (this.#keptRow[place] === y) return row
    this.#keptRow[place] = y
    const { first, count, weights, stride } = this.#columns
    const { data, width } = this.#picture
    const settle = this.#settle
    for (let x = 0; x < first.length; x++) {
      let [a, b, c] = [0, 0, 0]
      let from = (y * width + (first[x] ?? 0)) * 3
      const end = x * stride + (count[x] ?? 0)
      for (let at = x * stride; at < end; at++, from += 3) {
        const weight = weights[at] ?? 0
        a += weight * (data[from] ?? 0)
        b += weight * (data[from + 1] ?? 0)
        c += weight * (data[from + 2] ?? 0)
      }
      row[3 * x] = settle(a)
      row[3 * x + 1] = settle(b)
      row[3 * x + 2] = settle(c)
    }
    return row
  }
}

/**
 * Pillow's bilinear resize, with the roundings of its 8-bit path after each axis. Always x first, as Pillow did up to
 * 12; 13 begins with the axis that leaves fewer px, which changes some by one step.
 */
export class AntialiasedRows extends WindowRows {
  constructor() {
    super(triangleTable, toByte, toByte)
  }
}

/** A fixed-point sum as a byte, halves up. Sums stay below 31 bits. */
function toByte(sum: number): number {
  return Math.min(255, (sum + 2 ** (fractionBits - 1)) >> fractionBits)
}

/** OpenCV's INTER_AREA: means of areas where both axes are made smaller, else narrow blends of two px. */
export class AreaRows implements RowSource {
  readonly #smaller = new WindowRows(areaTable, (value) => value, roundHalfEven)
  readonly #halved = new WindowRows(areaTable, (value) => value, Math.round)
  readonly #larger = new BilinearRows(areaUpTable)
  #used: RowSource = this.#smaller

  start(picture: Picture, placement: Placement, window: Window): void {
    const [x, y] = [picture.width / placement.width, picture.height / placement.height]
    this.#used = x < 1 || y < 1 ? this.#larger : x === 2 && y === 2 ? this.#halved : this.#smaller
    this.#used.start(picture, placement, window)
  }

  row(y: number): Uint8Array {
    return this.#used.row(y)
  }
}
