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
 * weights as OpenCV's INTER_LINEAR computes 8-bit pictures (modules/imgproc/src/resize.cpp). At the ends both px are the
 * same and share the weight: blending two rows truncates each, so that the sum is not always that of one.
 * @param source Length of the source axis in px. @param target Length of the resized axis in px.
 */
export function resizeTable(source: number, target: number): ResizeTable {
  const scale = 1 / (target / source)
  return tableOf(source, target, (at) => {
    const centre = Math.fround((at + 0.5) * scale - 0.5)
    const floor = Math.floor(centre)
    return { floor, share: Math.fround(centre - floor) }
  })
}

/** The weights of OpenCV's INTER_AREA where an axis is not made smaller: steps with narrow blends between them. */
export function areaUpTable(source: number, target: number): ResizeTable {
  const scale = 1 / (target / source)
  return tableOf(source, target, (at) => {
    const floor = Math.floor(at * scale)
    const beyond = Math.fround(at + 1 - (floor + 1) * (target / source))
    return { floor, share: beyond <= 0 ? 0 : Math.fround(beyond - Math.floor(beyond)) }
  })
}

function tableOf(source: number, target: number, blend: (at: number) => { floor: number; share: number }): ResizeTable {
  const table = {
    first: new Int32Array(target),
    second: new Int32Array(target),
    firstWeight: new Int32Array(target),
    secondWeight: new Int32Array(target)
  }
  const inside = (px: number) => Math.min(Math.max(px, 0), source - 1)
  for (let at = 0; at < target; at++) {
    const { floor, share } = blend(at)
    table.first[at] = inside(floor)
    table.second[at] = inside(floor + 1)
    table.firstWeight[at] = roundHalfEven(Math.fround(1 - share) * one)
    table.secondWeight[at] = roundHalfEven(share * one)
  }
  return table
}
