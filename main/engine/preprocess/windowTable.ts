/** For each output px of an axis: the first source px of its window, how many there are, and their weights. */
export interface WindowTable {
  first: Int32Array
  count: Int32Array
  /** `stride` places for each output px. */
  weights: Int32Array | Float64Array
  stride: number
}

/** Weights are fixed-point numbers with as many fraction bits as Pillow's for 8-bit pictures. */
export const fractionBits = 22

/**
 * Pillow's bilinear resize of one axis: a triangle as wide as two source px, or where the picture is made smaller as two
 * output px. Weights as whole numbers with 22 fraction bits. Source: src/libImaging/Resample.c (`precompute_coeffs`,
 * `normalize_coeffs_8bpc`).
 */
export function triangleTable(source: number, target: number, from: number, to: number): WindowTable {
  const scale = source / target
  const support = Math.max(1, scale)
  const table = emptyTable(to - from, Math.ceil(support) * 2 + 1, Int32Array)
  for (let at = from; at < to; at++) {
    const centre = (at + 0.5) * scale
    const first = Math.max(0, Math.trunc(centre - support + 0.5))
    const end = Math.min(source, Math.trunc(centre + support + 0.5))
    const raw = Array.from({ length: end - first }, (_, px) => triangle((px + first - centre + 0.5) * (1 / support)))
    const sum = raw.reduce((total, weight) => total + weight, 0)
    const whole = raw.map((weight) => Math.trunc(0.5 + (weight / sum) * 2 ** fractionBits))
    put(table, at - from, first, whole)
  }
  return table
}

function triangle(x: number): number {
  return Math.max(0, 1 - Math.abs(x))
}

/**
 * The share of each source px in the area of an output px, for an axis that is made smaller; weights sum to 1.
 * Source: OpenCV's INTER_AREA, modules/imgproc/src/resize.cpp (`computeResizeAreaTab`).
 */
export function areaTable(source: number, target: number, from: number, to: number): WindowTable {
  const scale = source / target
  const table = emptyTable(to - from, Math.ceil(scale) + 2, Float64Array)
  for (let at = from; at < to; at++) {
    const start = at * scale
    const end = Math.min(source, start + scale)
    const cell = Math.min(scale, source - start)
    const firstWhole = Math.min(Math.ceil(start), Math.floor(end))
    const first = firstWhole - start > 1e-3 ? firstWhole - 1 : firstWhole
    const last = end - Math.floor(end) > 1e-3 ? Math.floor(end) + 1 : Math.floor(end)
    const weights = Array.from({ length: last - first }, (_, px) => {
      const share = Math.min(end, first + px + 1) - Math.max(start, first + px)
      return Math.min(1, share) / cell
    })
    put(table, at - from, first, weights)
  }
  return table
}

function emptyTable(
  length: number,
  stride: number,
  Weights: Int32ArrayConstructor | Float64ArrayConstructor
): WindowTable {
  const [first, count] = [new Int32Array(length), new Int32Array(length)]
  return { first, count, weights: new Weights(length * stride), stride }
}

function put(table: WindowTable, at: number, first: number, weights: number[]): void {
  table.first[at] = first
  table.count[at] = weights.length
  table.weights.set(weights, at * table.stride)
}
