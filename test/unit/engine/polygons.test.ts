import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Polygon } from '../../../main/contract/index.ts'
import { toMask } from '../../../main/engine/geometry/toMask.ts'
import { polygonsOf } from '../../../main/engine/geometry/polygons.ts'
import { anyMask, drawn, pixelsOf } from './masks.ts'

/** Whether a point lies in a loop: by the edges to its right. */
function isInside(loop: readonly number[], x: number, y: number): boolean {
  let inside = false
  for (let at = 0; at < loop.length; at += 2) {
    const next = (at + 2) % loop.length
    const [x1, y1, y2] = [loop[at]!, loop[at + 1]!, loop[next + 1]!]
    if (y1 !== y2 && x1 > x && Math.min(y1, y2) < y && y < Math.max(y1, y2)) inside = !inside
  }
  return inside
}

/** The pixels of a 20 × 20 image whose centres a polygon covers. */
function covered({ outer, holes }: Polygon): Set<string> {
  const set = new Set<string>()
  for (let y = 0; y < 20; y++) {
    for (let x = 0; x < 20; x++) {
      const [cx, cy] = [x + 0.5, y + 0.5]
      if (isInside(outer, cx, cy) && !holes.some((hole) => isInside(hole, cx, cy))) set.add(`${x},${y}`)
    }
  }
  return set
}

/** By the trapezoid rule. */
function loopArea(loop: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < loop.length; at += 2) {
    const next = (at + 2) % loop.length
    sum += loop[at]! * loop[next + 1]! - loop[next]! * loop[at + 1]!
  }
  return Math.abs(sum / 2)
}

const areaOf = ({ outer, holes }: Polygon) => loopArea(outer) - holes.reduce((sum, hole) => sum + loopArea(hole), 0)

/** 8-connected regions by flooding. */
function flooded(pixels: ReadonlySet<string>): Set<string>[] {
  const left = new Set(pixels)
  const regions: Set<string>[] = []
  for (const seed of pixels) {
    if (!left.delete(seed)) continue
    const region = new Set([seed])
    for (const pixel of region) {
      const [x, y] = pixel.split(',').map(Number) as [number, number]
      for (const dx of [-1, 0, 1])
        for (const dy of [-1, 0, 1]) {
          const key = `${x + dx},${y + dy}`
          if (left.delete(key)) region.add(key)
        }
    }
    regions.push(region)
  }
  return regions
}

describe('polygons of a mask', () => {
  it('lists the corners of a rectangle where it lies in the image', () => {
    expect(polygonsOf(drawn(['....', '.##.', '.##.', '.##.'], 10, 20))).toEqual([
      { outer: [11, 21, 13, 21, 13, 24, 11, 24], holes: [] }
    ])
  })

  it('finds holes, and regions within holes', () => {
    const polygons = polygonsOf(drawn(['#####', '#...#', '#.#.#', '#...#', '#####']))
    expect(polygons).toHaveLength(2)
    expect(polygons[0]?.holes).toHaveLength(1)
    expect(polygons.map(areaOf)).toEqual([16, 1])
  })

  it('joins pixels over a corner, and parts holes there', () => {
    expect(polygonsOf(drawn(['#.', '.#']))).toHaveLength(1)
    const [ring] = polygonsOf(drawn(['####', '#.##', '##.#', '####']))
    expect(ring?.holes).toHaveLength(2)
  })

  it('is empty for an empty mask', () => {
    expect(polygonsOf(drawn(['..', '..']))).toEqual([])
  })

  it('covers exactly the pixels of the mask, one polygon for each 8-connected region', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const polygons = polygonsOf(mask)
        const regions = flooded(pixelsOf(mask))
        const sorted = (sets: Set<string>[]) => sets.map((set) => [...set].sort().join(' ')).sort()
        expect(sorted(polygons.map(covered))).toEqual(sorted(regions))
      }),
      { numRuns: 500 }
    )
  })

  it('has the mask’s area, corners only', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const { areaPx, polygons = [] } = toMask(mask, { width: 20, height: 20 }, 'polygon')
        expect(areaPx).toBe(pixelsOf(mask).size)
        expect(polygons.reduce((sum, polygon) => sum + areaOf(polygon), 0)).toBe(areaPx)
        for (const loop of polygons.flatMap(({ outer, holes }) => [outer, ...holes])) {
          for (let at = 0; at < loop.length; at += 2) {
            const [x, y] = [loop[(at + 2) % loop.length]! - loop[at]!, loop[(at + 3) % loop.length]! - loop[at + 1]!]
            const [u, v] = [
              loop[(at + 4) % loop.length]! - loop[(at + 2) % loop.length]!,
              loop[(at + 5) % loop.length]! - loop[(at + 3) % loop.length]!
            ]
            expect(x * v - y * u).not.toBe(0)
          }
        }
      })
    )
  })
})
