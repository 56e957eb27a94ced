import type { InputSpec } from '../../contract/index.ts'
import type { Picture } from '../../base/picture/picture.ts'
import { place, type Placement } from './placement.ts'
import { resizeTable, type ResizeTable } from './resizeTable.ts'

/**
 * Turns pictures into a network's input in one pass: resize, border, channel order, `(pixel × scale − mean) / std`,
 * and transposition. Keeps its tables and row buffers from picture to picture; not for use by two callers at a time.
 */
export class Preprocessor {
  readonly #spec: InputSpec
  readonly #lookUp: Float32Array[]
  readonly #tables = new Map<string, ResizeTable>()
  #rowA = new Int32Array(0)
  #rowB = new Int32Array(0)

  constructor(spec: InputSpec) {
    this.#spec = spec
    this.#lookUp = Array.from({ length: spec.channels === 'gray' ? 1 : 3 }, (_, c) => lookUpTable(spec, c))
  }

  get channels(): number {
    return this.#lookUp.length
  }

  /** How many numbers an input has. */
  get length(): number {
    return this.channels * this.#spec.width * this.#spec.height
  }

  /**
   * @param data Filled whole, as `[channels, height, width]`; of this preprocessor's `length`.
   * @returns Where the picture lies in it.
   */
  prepare(picture: Picture, data: Float32Array): Placement {
    const placement = place({ width: picture.width, height: picture.height }, this.#spec)
    this.#fillBorder(data, placement)
    const columns = this.#table(picture.width, placement.width)
    const rows = this.#table(picture.height, placement.height)
    this.#fillPicture(picture, data, placement, columns, rows)
    return placement
  }

  #table(source: number, target: number): ResizeTable {
    const key = `${source}:${target}`
    const known = this.#tables.get(key)
    if (known) return known
    if (this.#tables.size > 32) this.#tables.clear()
    const table = resizeTable(source, target)
    this.#tables.set(key, table)
    return table
  }

  #fillBorder(data: Float32Array, { input, left, top, width, height }: Placement): void {
    const plane = input.width * input.height
    for (let c = 0; c < this.channels; c++) {
      const value = this.#lookUp[c]?.[this.#spec.pad] ?? 0
      const start = c * plane
      data.fill(value, start, start + top * input.width)
      data.fill(value, start + (top + height) * input.width, start + plane)
      if (width === input.width) continue
      for (let y = top; y < top + height; y++) {
        const line = start + y * input.width
        data.fill(value, line, line + left)
        data.fill(value, line + left + width, line + input.width)
      }
    }
  }

  #fillPicture(
    picture: Picture,
    data: Float32Array,
    placement: Placement,
    columns: ResizeTable,
    rows: ResizeTable
  ): void {
    const length = placement.width * 3
    if (this.#rowA.length !== length) {
      this.#rowA = new Int32Array(length)
      this.#rowB = new Int32Array(length)
    }
    const pixels = new Uint8Array(length)
    let inA = -1
    let inB = -1
    for (let y = 0; y < placement.height; y++) {
      const first = rows.first[y] ?? 0
      const second = rows.second[y] ?? 0
      if (first === inB) {
        ;[this.#rowA, this.#rowB] = [this.#rowB, this.#rowA]
        ;[inA, inB] = [inB, inA]
      }
      if (first !== inA) resizeRow(picture, first, columns, this.#rowA)
      inA = first
      if (second !== inB) resizeRow(picture, second, columns, this.#rowB)
      inB = second
      blendRows(this.#rowA, this.#rowB, rows.firstWeight[y] ?? 0, rows.secondWeight[y] ?? 0, pixels)
      this.#writeRow(pixels, data, placement, y)
    }
  }

  #writeRow(pixels: Uint8Array, data: Float32Array, { input, left, top, width }: Placement, y: number): void {
    const plane = input.width * input.height
    const start = (top + y) * input.width + left
    const [a, b, c] = this.#lookUp
    if (!a) return
    if (!b || !c) {
      for (let x = 0; x < width; x++) data[start + x] = a[luma(pixels, 3 * x)] ?? 0
      return
    }
    const firstChannel = this.#spec.channels === 'bgr' ? 2 : 0
    const lastChannel = 2 - firstChannel
    for (let x = 0, at = 0; x < width; x++, at += 3) {
      data[start + x] = a[pixels[at + firstChannel] ?? 0] ?? 0
      data[start + plane + x] = b[pixels[at + 1] ?? 0] ?? 0
      data[start + 2 * plane + x] = c[pixels[at + lastChannel] ?? 0] ?? 0
    }
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

/** Grey value by ITU-R BT.601, in the fixed-point weights of OpenCV's RGB2GRAY. */
function luma(pixels: Uint8Array, at: number): number {
  return ((pixels[at] ?? 0) * 9798 + (pixels[at + 1] ?? 0) * 19235 + (pixels[at + 2] ?? 0) * 3735 + 16384) >> 15
}

/** The tensor's value for each of the 256 pixel values. */
function lookUpTable({ scale, mean, std }: InputSpec, channel: number): Float32Array {
  const shift = mean[channel] ?? mean[0] ?? 0
  const divisor = std[channel] ?? std[0] ?? 1
  return Float32Array.from({ length: 256 }, (_, pixel) => (pixel * scale - shift) / divisor)
}
