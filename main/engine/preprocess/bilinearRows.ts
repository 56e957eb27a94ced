import type { Picture } from '../../base/picture/picture.ts'
import type { Placement } from './placement.ts'
import { resizeTable, type ResizeTable } from './resizeTable.ts'
import { TableCache, type RowSource, type Window } from './rowSource.ts'

const empty: Picture = { width: 0, height: 0, data: new Uint8Array(0) }

/**
 * Blends two px of each axis by a table's weights, in the fixed-point numbers of OpenCV. Each px is made straight from
 * its four neighbours: where a picture is made much smaller no two rows share any, so there is nothing to keep.
 */
export class BilinearRows implements RowSource {
  readonly #columnTables: TableCache<ResizeTable>
  readonly #rowTables: TableCache<ResizeTable>
  #picture = empty
  #columns: ResizeTable = resizeTable(1, 0)
  #rows: ResizeTable = this.#columns
  #pixels = new Uint8Array(0)

  constructor(table: (source: number, target: number) => ResizeTable = resizeTable) {
    this.#columnTables = new TableCache((source, target, from, to) => inBytes(table(source, target), from, to))
    this.#rowTables = new TableCache(table)
  }

  start(picture: Picture, placement: Placement, { left, right }: Window): void {
    this.#picture = picture
    this.#columns = this.#columnTables.get(picture.width, placement.width, left, right)
    this.#rows = this.#rowTables.get(picture.height, placement.height, 0, placement.height)
    const length = (right - left) * 3
    if (this.#pixels.length !== length) this.#pixels = new Uint8Array(length)
  }

  row(y: number): Uint8Array {
    const { data, width } = this.#picture
    const { first, second, firstWeight, secondWeight } = this.#rows
    const upper = { line: (first[y] ?? 0) * width * 3, weight: firstWeight[y] ?? 0 }
    const lower = { line: (second[y] ?? 0) * width * 3, weight: secondWeight[y] ?? 0 }
    if (lower.weight === 0) blendOne(data, upper, this.#columns, this.#pixels)
    else blendTwo(data, upper, lower, this.#columns, this.#pixels)
    return this.#pixels
  }
}

/** A row of the picture by its first byte, and its share of 2048. */
interface Line {
  line: number
  weight: number
}

/** The table's part, with bytes of a row in place of px. */
function inBytes(table: ResizeTable, from: number, to: number): ResizeTable {
  return {
    first: table.first.slice(from, to).map((px) => px * 3),
    second: table.second.slice(from, to).map((px) => px * 3),
    firstWeight: table.firstWeight.slice(from, to),
    secondWeight: table.secondWeight.slice(from, to)
  }
}

/** Blends along x, then along y, as the truncations of the fixed-point numbers must follow each other. */
function blendTwo(data: Uint8Array, upper: Line, lower: Line, columns: ResizeTable, pixels: Uint8Array): void {
  const { first, second, firstWeight, secondWeight } = columns
  const { line: upperLine, weight: u } = upper
  const { line: lowerLine, weight: v } = lower
  for (let x = 0, at = 0; x < first.length; x++, at += 3) {
    const left = first[x] ?? 0
    const right = second[x] ?? 0
    const wl = firstWeight[x] ?? 0
    const wr = secondWeight[x] ?? 0
    const a = upperLine + left
    const b = upperLine + right
    const c = lowerLine + left
    const d = lowerLine + right
    pixels[at] = rounded(share(alongX(data, a, b, wl, wr), u) + share(alongX(data, c, d, wl, wr), v))
    pixels[at + 1] = rounded(
      share(alongX(data, a + 1, b + 1, wl, wr), u) + share(alongX(data, c + 1, d + 1, wl, wr), v)
    )
    pixels[at + 2] = rounded(
      share(alongX(data, a + 2, b + 2, wl, wr), u) + share(alongX(data, c + 2, d + 2, wl, wr), v)
    )
  }
}

/** Where the lower row has no share, which at whole scales (1920 to 640 px) is everywhere. */
function blendOne(data: Uint8Array, { line, weight }: Line, columns: ResizeTable, pixels: Uint8Array): void {
  const { first, second, firstWeight, secondWeight } = columns
  for (let x = 0, at = 0; x < first.length; x++, at += 3) {
    const a = line + (first[x] ?? 0)
    const b = line + (second[x] ?? 0)
    const wa = firstWeight[x] ?? 0
    const wb = secondWeight[x] ?? 0
    pixels[at] = rounded(share(alongX(data, a, b, wa, wb), weight))
    pixels[at + 1] = rounded(share(alongX(data, a + 1, b + 1, wa, wb), weight))
    pixels[at + 2] = rounded(share(alongX(data, a + 2, b + 2, wa, wb), weight))
  }
}

/** Two bytes of a row, blended; with 7 fraction bits. */
function alongX(data: Uint8Array, a: number, b: number, weightA: number, weightB: number): number {
  return (Math.imul(data[a] ?? 0, weightA) + Math.imul(data[b] ?? 0, weightB)) >> 4
}

/** A row's part of the sum along y; with 2 fraction bits, truncated as in OpenCV's VResizeLinear for 8-bit pictures. */
function share(row: number, weight: number): number {
  return Math.imul(weight, row) >> 16
}

function rounded(sum: number): number {
  return (sum + 2) >> 2
}
