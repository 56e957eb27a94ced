import { WindowRows, type Arithmetic } from './windowRows.ts'
import { fractionBits, triangleTable, type WindowTable } from './windowTable.ts'

/**
 * Pillow's bilinear resize, with the roundings of its 8-bit path after each axis (src/libImaging/Resample.c). Always x
 * first, as Pillow did up to 12; 13 begins with the axis that leaves fewer px, which changes some by one step.
 */
export class AntialiasedRows extends WindowRows<Uint8Array, Int32Array> {
  constructor() {
    super(wholeNumbers)
  }
}

/** Sums of weighed bytes stay below 31 bits. */
const wholeNumbers: Arithmetic<Uint8Array, Int32Array> = {
  table: triangleTable,
  newRow: (length) => new Uint8Array(length),
  newSums: (length) => new Int32Array(length),
  alongX,
  addRow,
  finish
}

const half = 2 ** (fractionBits - 1)

function alongX(data: Uint8Array, line: number, columns: WindowTable, row: Uint8Array): void {
  const { first, count, weights, stride } = columns
  for (let x = 0, to = 0; x < first.length; x++, to += 3) {
    let [a, b, c] = [0, 0, 0]
    let from = line + (first[x] ?? 0) * 3
    const end = x * stride + (count[x] ?? 0)
    for (let at = x * stride; at < end; at++, from += 3) {
      const weight = weights[at] ?? 0
      a += Math.imul(weight, data[from] ?? 0)
      b += Math.imul(weight, data[from + 1] ?? 0)
      c += Math.imul(weight, data[from + 2] ?? 0)
    }
    row[to] = toByte(a)
    row[to + 1] = toByte(b)
    row[to + 2] = toByte(c)
  }
}

function addRow(sums: Int32Array, row: Uint8Array, weight: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] ?? 0) + Math.imul(weight, row[x] ?? 0)
}

function finish(sums: Int32Array, pixels: Uint8Array): void {
  for (let x = 0; x < sums.length; x++) pixels[x] = toByte(sums[x] ?? 0)
  sums.fill(0)
}

/** Halves up. The weights' own roundings can make the sum of white px a little more than white. */
function toByte(sum: number): number {
  return Math.min(255, (sum + half) >> fractionBits)
}
