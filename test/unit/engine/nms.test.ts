import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newCandidates, nms, overlap, type Candidates } from '../../../main/engine/geometry/nms.ts'

interface Box {
  corners: [number, number, number, number]
  score: number
  class: number
}

const coordinate = fc.integer({ min: 0, max: 40 })
const length = fc.integer({ min: 1, max: 30 })
const box: fc.Arbitrary<Box> = fc.record({
  corners: fc.tuple(coordinate, coordinate, length, length).map(([x, y, w, h]) => [x, y, x + w, y + h]),
  score: fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100),
  class: fc.integer({ min: 0, max: 2 })
})
const boxes = fc.array(box, { maxLength: 40 })
const options = fc.record({
  iou: fc.constantFrom(0, 0.3, 0.5, 0.7, 1),
  classAgnostic: fc.boolean(),
  most: fc.constantFrom(1, 5, 300)
})

function candidatesOf(given: readonly Box[]): Candidates {
  const candidates = newCandidates(given.length)
  given.forEach(({ corners, score, class: classIndex }, at) => {
    ;[candidates.x1[at], candidates.y1[at], candidates.x2[at], candidates.y2[at]] = corners
    candidates.score[at] = score
    candidates.classIndex[at] = classIndex
  })
  candidates.length = given.length
  return candidates
}

/** Intersection over union by counting unit squares: every corner is a whole number. */
function counted(a: Box, b: Box): number {
  const cells = ({ corners: [x1, y1, x2, y2] }: Box) => {
    const set = new Set<string>()
    for (let x = x1; x < x2; x++) for (let y = y1; y < y2; y++) set.add(`${x},${y}`)
    return set
  }
  const [one, other] = [cells(a), cells(b)]
  const shared = [...one].filter((cell) => other.has(cell)).length
  return shared / (one.size + other.size - shared)
}

const keep = { iou: 0.5, classAgnostic: false, most: 300 }
const at = (x: number, y: number, w: number, h: number, score: number, classIndex = 0): Box => ({
  corners: [x, y, x + w, y + h],
  score,
  class: classIndex
})

describe('nms', () => {
  it('drops the worse of two that overlap by more than the limit', () => {
    // 10 × 10 boxes, 6 columns shared: 60 / 140 = 0.4286; 7 shared: 70 / 130 = 0.538.
    expect(nms(candidatesOf([at(0, 0, 10, 10, 0.6), at(4, 0, 10, 10, 0.9)]), keep)).toEqual([1, 0])
    expect(nms(candidatesOf([at(0, 0, 10, 10, 0.6), at(3, 0, 10, 10, 0.9)]), keep)).toEqual([1])
  })

  it('keeps two that overlap by exactly the limit', () => {
    expect(nms(candidatesOf([at(0, 0, 10, 10, 0.9), at(0, 0, 10, 5, 0.8)]), keep)).toEqual([0, 1])
  })

  it('lets a dropped box drop no other', () => {
    const chain = [at(0, 0, 10, 10, 0.9), at(3, 0, 10, 10, 0.8), at(6, 0, 10, 10, 0.7)]
    expect(nms(candidatesOf(chain), keep)).toEqual([0, 2])
  })

  it('lets classes alone unless told otherwise', () => {
    const pair = [at(0, 0, 10, 10, 0.9, 0), at(0, 0, 10, 10, 0.8, 1)]
    expect(nms(candidatesOf(pair), keep)).toEqual([0, 1])
    expect(nms(candidatesOf(pair), { ...keep, classAgnostic: true })).toEqual([0])
  })

  it('keeps the order of equal scores', () => {
    expect(nms(candidatesOf([at(0, 0, 5, 5, 0.5), at(20, 0, 5, 5, 0.5), at(9, 9, 5, 5, 0.5)]), keep)).toEqual([0, 1, 2])
  })

  it('does not mind boxes without an area', () => {
    expect(nms(candidatesOf([at(5, 5, 0, 0, 0.9), at(5, 5, 0, 0, 0.8)]), keep)).toEqual([0, 1])
  })

  it('measures overlap as a count of px does', () => {
    fc.assert(
      fc.property(box, box, (a, b) => {
        expect(overlap(candidatesOf([a, b]), 0, 1)).toBeCloseTo(counted(a, b), 10)
      })
    )
  })

  it('keeps some of the given, the best first, at most as many as asked', () => {
    fc.assert(
      fc.property(boxes, options, (given, limits) => {
        const kept = nms(candidatesOf(given), limits)
        expect(new Set(kept).size).toBe(kept.length)
        expect(kept.length).toBeLessThanOrEqual(limits.most)
        const scores = kept.map((index) => given[index]!.score)
        expect(scores).toEqual([...scores].sort((a, b) => b - a))
      })
    )
  })

  it('keeps no two that overlap by more than the limit, and drops none without such a better one', () => {
    fc.assert(
      fc.property(boxes, options, (given, limits) => {
        const kept = nms(candidatesOf(given), { ...limits, most: 300 })
        const clash = (a: Box, b: Box) =>
          (limits.classAgnostic || a.class === b.class) && counted(a, b) > limits.iou + 1e-12
        given.forEach((one, index) => {
          const rivals = kept.filter((other) => other !== index && clash(one, given[other]!))
          if (kept.includes(index)) expect(rivals).toEqual([])
          else expect(rivals.some((other) => given[other]!.score >= one.score)).toBe(true)
        })
      }),
      { numRuns: 60 }
    )
  })

  it('keeps the same whatever the order in which they come', () => {
    const unlike = fc.uniqueArray(box, { maxLength: 40, selector: ({ score }) => score })
    const shuffled = unlike.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }))
    )
    fc.assert(
      fc.property(shuffled, options, ([given, other], limits) => {
        const kept = (some: readonly Box[]) => nms(candidatesOf(some), limits).map((index) => some[index])
        expect(kept(other)).toEqual(kept(given))
      })
    )
  })

  it('drops nothing more when applied again', () => {
    fc.assert(
      fc.property(boxes, options, (given, limits) => {
        const once = nms(candidatesOf(given), limits).map((index) => given[index]!)
        expect(nms(candidatesOf(once), limits)).toEqual(once.map((_, index) => index))
      })
    )
  })
})
