/** A candidate: turned by `angle` radians about its centre, clockwise as the image is seen. */
export interface RotatedCandidate {
  cx: number
  cy: number
  width: number
  height: number
  angle: number
  score: number
  classIndex: number
}

type Shape = Omit<RotatedCandidate, 'score' | 'classIndex'>

export interface RotatedNmsOptions {
  /** A box is dropped where a better one overlaps it by more than this probIoU. */
  iou: number
  /** Boxes of different classes drop each other too. */
  classAgnostic: boolean
  /** How many boxes are kept at most. */
  most: number
}

/** How many of the best candidates are looked at, as in the reference. */
const mostCandidates = 30_000
const epsilon = 1e-7

/**
 * Fast suppression of rotated boxes: a box is dropped if any better one overlaps it, even one that is itself dropped.
 * Source: ultralytics/utils/nms.py (`TorchNMS.fast_nms` with `batch_probiou`, strict since 2026). Equal scores keep their order.
 * @returns The kept ones, the best first.
 */
export function rotatedNms(candidates: readonly RotatedCandidate[], options: RotatedNmsOptions): RotatedCandidate[] {
  const ordered = [...candidates].sort((a, b) => b.score - a.score).slice(0, mostCandidates)
  const spreads = ordered.map(spreadOf)
  const kept: RotatedCandidate[] = []
  for (let at = 0; at < ordered.length && kept.length < options.most; at++) {
    const one = ordered[at]
    if (one && !isCovered(ordered, spreads, at, options)) kept.push(one)
  }
  return kept
}

function isCovered(
  ordered: readonly RotatedCandidate[],
  spreads: readonly Spread[],
  at: number,
  { iou, classAgnostic }: RotatedNmsOptions
): boolean {
  const [one, spread] = [ordered[at], spreads[at]]
  for (let better = 0; better < at && one && spread; better++) {
    const [other, otherSpread] = [ordered[better], spreads[better]]
    if (!other || !otherSpread || (!classAgnostic && other.classIndex !== one.classIndex)) continue
    if (isApart(other, one, otherSpread, spread, iou)) continue
    if (probIouOf(other, one, otherSpread, spread) > iou) return true
  }
  return false
}

/** Covariance of a box seen as a Gaussian: a and b along the axes, c between them; the longest side besides. */
interface Spread {
  a: number
  b: number
  c: number
  longest: number
}

function spreadOf({ width, height, angle }: Shape): Spread {
  const [along, across] = [(width * width) / 12, (height * height) / 12]
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return {
    a: along * cos * cos + across * sin * sin,
    b: along * sin * sin + across * cos * cos,
    c: (along - across) * cos * sin,
    longest: Math.max(width, height)
  }
}

/** True where the centres' distance alone keeps the overlap below the limit: spares most pairs the rest. */
function isApart(one: Shape, other: Shape, a: Spread, b: Spread, iou: number): boolean {
  const square = (one.cx - other.cx) ** 2 + (one.cy - other.cy) ** 2
  const largestDistance = -Math.log(1 - Math.min(1, (1 - iou) ** 2) + epsilon)
  return (3 * square) / (a.longest ** 2 + b.longest ** 2 + epsilon) > largestDistance + 1e-3
}

/**
 * Overlap of two rotated boxes as that of Gaussians, 0 to 1: one less their Hellinger distance.
 * Source: arxiv.org/abs/2106.06072; ultralytics/utils/metrics.py (`batch_probiou`).
 */
export function probIou(one: Shape, other: Shape): number {
  return probIouOf(one, other, spreadOf(one), spreadOf(other))
}

function probIouOf(one: Shape, other: Shape, s: Spread, t: Spread): number {
  const [a, b, c] = [s.a + t.a, s.b + t.b, s.c + t.c]
  const [x, y] = [one.cx - other.cx, one.cy - other.cy]
  const determinant = a * b - c * c
  const near = ((a * y * y + b * x * x) / (determinant + epsilon)) * 0.25
  const turned = ((c * -x * y) / (determinant + epsilon)) * 0.5
  const own = Math.max(0, s.a * s.b - s.c * s.c) * Math.max(0, t.a * t.b - t.c * t.c)
  const shape = 0.5 * Math.log(determinant / (4 * Math.sqrt(own) + epsilon) + epsilon)
  const distance = Math.min(100, Math.max(epsilon, near + turned + shape))
  return 1 - Math.sqrt(1 - Math.exp(-distance) + epsilon)
}

/**
 * The same box with its angle in [0, π/2): sides are swapped where needed.
 * Source: ultralytics/utils/ops.py (`regularize_rboxes`, as since 2025).
 */
export function regularised<T extends Shape>(box: T): T {
  const half = remainder(box.angle, Math.PI)
  const swap = half >= Math.PI / 2
  const [width, height] = swap ? [box.height, box.width] : [box.width, box.height]
  // Not a remainder of its own: just below 0 it could be rounded to the other side than the first, a quarter turn off.
  return { ...box, width, height, angle: swap ? half - Math.PI / 2 : half }
}

/** Never negative, and below the divisor, as Python's `%`. */
function remainder(value: number, divisor: number): number {
  const rest = ((value % divisor) + divisor) % divisor
  return rest < divisor ? rest : 0
}

/** The four corners, x and y of each. */
export function cornersOf({ cx, cy, width, height, angle }: Shape): [number, number][] {
  const [ux, uy] = [(width / 2) * Math.cos(angle), (width / 2) * Math.sin(angle)]
  const [vx, vy] = [(-height / 2) * Math.sin(angle), (height / 2) * Math.cos(angle)]
  return [
    [cx + ux + vx, cy + uy + vy],
    [cx + ux - vx, cy + uy - vy],
    [cx - ux - vx, cy - uy - vy],
    [cx - ux + vx, cy - uy + vy]
  ]
}
