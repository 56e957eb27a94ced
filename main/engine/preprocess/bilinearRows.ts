import type { Picture } from '../../base/picture/picture.ts'
import type { Placement } from './placement.ts'
import { resizeTable, type ResizeTable } from './resizeTable.ts'
import { TableCache, type RowSource, type Window } from './rowSource.ts'

const empty: Picture = { width: 0, height: 0, data: new Uint8Array(0) }

/** Blends two px of each axis by a table's weights, in the fixed-point numbers of OpenCV. */
export class BilinearRows implements RowSource {
  readonly #tables: TableCache<ResizeTable>
  #picture = empty
  #columns: ResizeTable = resizeTable(1, 0)
  #rows: ResizeTable = this.#columns
  #pixels = new Uint8Array(0)
  #rowA = new Int32Array(0)
  #rowB = new Int32Array(0)
  #inA = -1
  #inB = -1

  constructor(table: (source: number, target: number) => ResizeTable = resizeTable) {
    this.#tables = new TableCache((source, target, from, to) => part(table(source, target), from, to))
  }

  start(picture: Picture, placement: Placement, window: Window): void {
    this.#picture = picture
    this.#columns = this.#tables.get(picture.width, placement.width, window.left, window.right)
    this.#rows = this.#tables.get(picture.height, placement.height, 0, placement.height)
    const length = (window.right - window.left) * 3
    if (this.#pixels.length !== length) {
      this.#pixels = new Uint8Array(length)
      this.#rowA = new Int32Array(length)
      this.#rowB = new Int32Array(length)
    }
    this.#inA = -1
    this.#inB = -1
  }

  row(y: number): Uint8Array {
    const { first, second, firstWeight, secondWeight } = this.#rows
    const upper = first[y] ?? 0
    const lower = second[y] ?? 0
    if (upper === this.#inB) {
      ;[this.#rowA, this.#rowB] = [this.#rowB, this.#rowA]
      ;[this.#inA, this.#inB] = [this.#inB, this.#inA]
    }
    if (upper !== this.#inA) resizeRow(this.#picture, upper, this.#columns, this.#rowA)
    this.#inA = upper
    if (lower !== this.#inB) resizeRow(this.#picture, lower, this.#columns, this.#rowB)
    this.#inB = lower
    blendRows(this.#rowA, this.#rowB, firstWeight[y] ?? 0, secondWeight[y] ?? 0, this.#pixels)
    return this.#pixels
  }
}

function part(table: ResizeTable, from: number, to: number): ResizeTable {
  return {
    first: table.first.slice(from, to),
    second: table.second.slice(from, to),
    firstWeight: table.firstWeight.slice(from, to),
    secondWeight: table.secondWeight.slice(from, to)
  }
}

/** One source row, resized along x; values carry 11 fraction bits. */
function resizeRow({ data, width }: Picture, y: number, columns: ResizeTable, row: Int32Array): void {
  const { first, second, firstWeight, secondWeight } = columns
  const line = y * width * 3
  for (let x = 0, at = 0; x < first.length; x++, at += 3) {
    const a = line + (first[x] ?? 0) * 3
    const b = line + (second[x] ?? 0) * 3
    const weightA = firstWeight[x] ?? 0
    const weightB = secondWeight[x] ?? 0
    row[at] = (data[a] ?? 0) * weightA + (data[b] ?? 0) * weightB
    row[at + 1] = (data[a + 1] ?? 0) * weightA + (data[b + 1] ?? 0) * weightB
    row[at + 2] = (data[a + 2] ?? 0) * weightA + (data[b + 2] ?? 0) * weightB
  }
}

/** Two resized rows, blended along y, with the truncations of OpenCV's VResizeLinear for 8-bit pictures. */
function blendRows(a: Int32Array, b: Int32Array, weightA: number, weightB: number, pixels: Uint8Array): void {
  for (let at = 0; at < pixels.length; at++) {
    const upper = (weightA * ((a[at] ?? 0) >> 4)) >> 16
    const lower = (weightB * ((b[at] ?? 0) >> 4)) >> 16
    pixels[at] = (upper + lower + 2) >> 2
  }
}
