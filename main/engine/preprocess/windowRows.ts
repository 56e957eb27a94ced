import type { Picture } from '../../base/picture/picture.ts'
import type { Placement } from './placement.ts'
import { TableCache, type RowSource, type Window } from './rowSource.ts'
import type { WindowTable } from './windowTable.ts'

/** The numbers that windows are weighed in. `Row` is what is kept of a source row, `Sums` what rows add up to. */
export interface Arithmetic<Row, Sums> {
  table: (source: number, target: number, from: number, to: number) => WindowTable
  newRow: (length: number) => Row
  newSums: (length: number) => Sums
  /** Resizes the source row that begins at the byte `line`. */
  alongX: (data: Uint8Array, line: number, columns: WindowTable, row: Row) => void
  addRow: (sums: Sums, row: Row, weight: number) => void
  /** Makes pixels of the sums, and empties them. */
  finish: (sums: Sums, pixels: Uint8Array) => void
}

/**
 * Weighs a window of each axis, x before y. The rows of a window are kept once they are resized along x, since windows
 * of neighbouring rows overlap.
 */
export class WindowRows<Row, Sums> implements RowSource {
  readonly #arithmetic: Arithmetic<Row, Sums>
  readonly #tables: TableCache<WindowTable>
  #picture: Picture = { width: 0, height: 0, data: new Uint8Array(0) }
  #columns: WindowTable
  #rows: WindowTable
  #top = 0
  #kept: Row[] = []
  #keptRow = new Int32Array(0)
  #sums: Sums
  #pixels = new Uint8Array(0)

  constructor(arithmetic: Arithmetic<Row, Sums>) {
    this.#arithmetic = arithmetic
    this.#tables = new TableCache(arithmetic.table)
    this.#columns = this.#rows = this.#tables.get(1, 1, 0, 0)
    this.#sums = arithmetic.newSums(0)
  }

  start(picture: Picture, placement: Placement, { left, right, top, bottom }: Window): void {
    this.#picture = picture
    this.#columns = this.#tables.get(picture.width, placement.width, left, right)
    this.#rows = this.#tables.get(picture.height, placement.height, top, bottom)
    this.#top = top
    const length = (right - left) * 3
    const { stride } = this.#rows
    if (this.#pixels.length !== length || this.#kept.length !== stride) this.#makeRoom(length, stride)
    this.#keptRow.fill(-1)
  }

  row(y: number): Uint8Array {
    const { addRow, finish } = this.#arithmetic
    const { first, count, weights, stride } = this.#rows
    const at = y - this.#top
    for (let px = 0; px < (count[at] ?? 0); px++) {
      addRow(this.#sums, this.#resizedRow((first[at] ?? 0) + px), weights[at * stride + px] ?? 0)
    }
    finish(this.#sums, this.#pixels)
    return this.#pixels
  }

  #makeRoom(length: number, rows: number): void {
    this.#kept = Array.from({ length: rows }, () => this.#arithmetic.newRow(length))
    this.#keptRow = new Int32Array(rows)
    this.#sums = this.#arithmetic.newSums(length)
    this.#pixels = new Uint8Array(length)
  }

  /** A source row, resized along x. */
  #resizedRow(y: number): Row {
    const place = y % this.#kept.length
    const row = (this.#kept[place] ??= this.#arithmetic.newRow(this.#pixels.length))
    if (this.#keptRow[place] !== y) {
      this.#arithmetic.alongX(this.#picture.data, y * this.#picture.width * 3, this.#columns, row)
      this.#keptRow[place] = y
    }
    return row
  }
}
