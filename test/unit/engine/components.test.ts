import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { components, noClass, regionMask, type ClassMap } from '../../../main/engine/geometry/components.ts'
import { pixelsOf } from './masks.ts'

const side = fc.integer({ min: 1, max: 14 })
const classMap: fc.Arbitrary<ClassMap> = fc
  .tuple(side, side)
  .chain(([width, height]) =>
    fc
      .array(fc.constantFrom(0, 1, 2, noClass), { minLength: width * height, maxLength: width * height })
      .map((values) => ({ width, height, data: Uint16Array.from(values) }))
  )

/** Regions by flooding from each px, as sets of px numbers. */
function flooded({ width, height, data }: ClassMap): number[][] {
  const seen = new Set<number>()
  return Array.from(data.keys()).flatMap((first) => {
    if (seen.has(first) || data[first] === noClass) return []
    const region = [first]
    seen.add(first)
    for (const at of region) {
      for (const [dx, dy] of [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => [x, y] as const))) {
        const [x, y] = [(at % width) + dx, Math.floor(at / width) + dy]
        const next = y * width + x
        if (x < 0 || y < 0 || x >= width || y >= height || seen.has(next) || data[next] !== data[first]) continue
        seen.add(next)
        region.push(next)
      }
    }
    return [region.sort((a, b) => a - b)]
  })
}

describe('components', () => {
  it('finds the regions that flooding finds, each with its class, area and box', () => {
    fc.assert(
      fc.property(classMap, (map) => {
        const found = components(map)
        const expected = flooded(map)
        expect(found.length).toBe(expected.length)
        found.forEach((region, index) => {
          const px = expected[index]!
          const mask = regionMask(region)
          const { left, top, width, height } = mask
          expect(pixelsOf(mask)).toEqual(new Set(px.map((at) => `${at % map.width},${Math.floor(at / map.width)}`)))
          expect(region).toMatchObject({ area: px.length, classIndex: map.data[px[0]!] })
          expect([region.right - left, region.bottom - top]).toEqual([width, height])
          const columns = px.map((at) => at % map.width)
          expect([Math.min(...columns), Math.max(...columns) + 1]).toEqual([left, region.right])
        })
      }),
      { numRuns: 300 }
    )
  })

  it('has areas that sum to the px of each class', () => {
    fc.assert(
      fc.property(classMap, (map) => {
        for (const classIndex of [0, 1, 2]) {
          const areas = components(map).filter((region) => region.classIndex === classIndex)
          expect(areas.reduce((sum, { area }) => sum + area, 0)).toBe(
            map.data.filter((value) => value === classIndex).length
          )
        }
      })
    )
  })

  it('keeps its runs where there are more than it has room for at first', () => {
    const data = Uint16Array.from({ length: 300 * 300 }, (_, at) => (at + Math.floor(at / 300)) % 2)
    expect(components({ width: 300, height: 300, data }).map(({ area }) => area)).toEqual([45_000, 45_000])
  })
})
