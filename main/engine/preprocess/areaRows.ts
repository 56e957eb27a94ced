import type { Picture } from '../../base/picture/picture.ts'
import { BilinearRows } from './bilinearRows.ts'
import { roundHalfEven, type Placement } from './placement.ts'
import { areaUpTable } from './resizeTable.ts'
import type { RowSource, Window } from './rowSource.ts'
import { WindowRows, type Arithmetic } from './windowRows.ts'
import { areaTable, type WindowTable } from './windowTable.ts'

/** OpenCV's INTER_AREA: means of areas where both axes are made smaller, else narrow blends of two px. */
export class AreaRows implements RowSource {
  readonly #smaller = new WindowRows(fractions(finishToEven))
  readonly #halved = new WindowRows(fractions(finishUp))
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

type Finish = Arithmetic<Float64Array, Float64Array>['finish']

function fractions(finish: Finish): Arithmetic<Float64Array, Float64Array> {
  return {
    table: areaTable,
    newRow: (length) => new Float64Array(length),
    newSums: (length) => new Float64Array(length),
    alongX,
    addRow,
    finish
  }
}

/** Rounding is called by its name: handed over as a function it would not be inlined, and box every sum. */
function finishToEven(sums: Float64Array, pixels: Uint8Array): void {
  for (let x = 0; x < sums.length; x++) pixels[x] = roundHalfEven(sums[x] ?? 0)
  sums.fill(0)
}

function finishUp(sums: Float64Array, pixels: Uint8Array): void {
  for (let x = 0; x < sums.length; x++) pixels[x] = Math.round(sums[x] ?? 0)
  sums.fill(0)
}

function alongX(data: Uint8Array, line: number, columns: WindowTable, row: Float64Array): void {
  const { first, count, weights, stride } = columns
  for (let x = 0, to = 0; x < first.length; x++, to += 3) {
    let a = 0
    let b = 0
    let c = 0
    let from = line + (first[x] ?? 0) * 3
    const end = x * stride + (count[x] ?? 0)
    for (let at = x * stride; at < end; at++, from += 3) {
      const weight = weights[at] ?? 0
      a += weight * (data[from] ?? 0)
      b += weight * (data[from + 1] ?? 0)
      c += weight * (data[from + 2] ?? 0)
    }
    row[to] = a
    row[to + 1] = b
    row[to + 2] = c
  }
}

function addRow(sums: Float64Array, row: Float64Array, weight: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] ?? 0) + weight * (row[x] ?? 0)
}
