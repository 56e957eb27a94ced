import { roundHalfEven } from './placement.ts'

/** For each output px of an axis: the two source px and their weights, which sum to 2048. */
export interface ResizeTable {
  first: Int32Array
  second: Int32Array
  firstWeight: Int32Array
  secondWeight: Int32Array
}

/** Weights are fixed-point numbers with 11 fraction bits. */
const one = 2048

/**
 * Bilinear interpolation of one axis with centres at half pixels, without antialiasing, in 32-bit floats and 11-bit
 * weights as OpenCV's INTER_LINEAR computes 8-bit pictures (modules/imgproc/src/resize.cpp).
 * @param source Length of the source axis in px. @param target Length of the resized axis in px.
 */
export function resizeTable(source: number, target: number): ResizeTable {
  const table = {
    first: new Int32Array(target),
    second: new Int32Array(target),
    firstWeight: new Int32Array(target),
    secondWeight: new Int32Array(target)
  }
  const scale = 1 / (target / source)
  for (let at = 0; at < target; at++) {
    const centre = Math.fround((at + 0.5) * scale - 0.5)
    const floor = Math.floor(centre)
    const inside = floor >= 0 && floor < source - 1
    const share = inside ? Math.fround(centre - floor) : 0
    const first = Math.min(Math.max(floor, 0), source - 1)
    table.first[at] = first
    table.second[at] = Math.min(first + 1, source - 1)
    table.firstWeight[at] = roundHalfEven(Math.fround(1 - share) * one)
    table.secondWeight[at] = roundHalfEven(share * one)
  }
  return table
}
