/** Corners in px, class and score of candidate boxes, index by index. */
export interface Candidates {
  x1: Float64Array
  y1: Float64Array
  x2: Float64Array
  y2: Float64Array
  classIndex: Int32Array
  score: Float64Array
  /** The anchor or row of the output that it came from. */
  source: Int32Array
  length: number
}

export interface NmsOptions {
  /** Of two boxes that overlap more than this (strictly), the lower-scored one is dropped. */
  iou: number
  /** Boxes of different classes suppress each other too. */
  classAgnostic: boolean
  /** How many boxes are kept at most. */
  most: number
}

/** How many of the best candidates are looked at, as in the reference. */
const mostCandidates = 30_000

/** A room for `capacity` candidates. */
export function newCandidates(capacity: number): Candidates {
  return {
    x1: new Float64Array(capacity),
    y1: new Float64Array(capacity),
    x2: new Float64Array(capacity),
    y2: new Float64Array(capacity),
    classIndex: new Int32Array(capacity),
    score: new Float64Array(capacity),
    source: new Int32Array(capacity),
    length: 0
  }
}

/**
 * Greedy non-maximum suppression by score; equal scores keep their order. Source of the rules (strict comparison,
 * areas without the added pixel, 30 000 candidates): ultralytics/utils/nms.py.
 * @returns Indexes of the kept candidates, the best first.
 */
export function nms(candidates: Candidates, options: NmsOptions): number[] {
  const kept: number[] = []
  for (const index of bestFirst(candidates)) {
    if (kept.length >= options.most) break
    const dropped = kept.some(
      (better) =>
        (options.classAgnostic || candidates.classIndex[better] === candidates.classIndex[index]) &&
        overlap(candidates, better, index) > options.iou
    )
    if (!dropped) kept.push(index)
  }
  return kept
}

/** Indexes by score, the best first, cut at the most that are looked at. */
export function bestFirst({ score, length }: Candidates): number[] {
  const order = Array.from({ length }, (_, index) => index)
  return order.sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0)).slice(0, mostCandidates)
}

/** Intersection over union of two boxes; 0 where both are empty. */
export function overlap({ x1, y1, x2, y2 }: Candidates, a: number, b: number): number {
  const [ax1 = 0, ay1 = 0, ax2 = 0, ay2 = 0] = [x1[a], y1[a], x2[a], y2[a]]
  const [bx1 = 0, by1 = 0, bx2 = 0, by2 = 0] = [x1[b], y1[b], x2[b], y2[b]]
  const width = Math.min(ax2, bx2) - Math.max(ax1, bx1)
  const height = Math.min(ay2, by2) - Math.max(ay1, by1)
  if (width <= 0 || height <= 0) return 0
  const shared = width * height
  return shared / ((ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - shared)
}
