import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelHeight, placeLabels, type Labelled, type Rect } from '../../../renderer/ui/picture/placeLabels.ts'

const bounds = { x: 0, y: 0, width: 800, height: 600 }
const px = (max: number) => fc.integer({ min: 0, max })
const labelled: fc.Arbitrary<Labelled> = fc
  .record({ x: px(780), y: px(580), width: px(200), height: px(200), fullWidth: fc.integer({ min: 20, max: 160 }) })
  .map(({ fullWidth, ...rect }) => ({ rect, fullWidth, shortWidth: Math.min(fullWidth, 36) }))

const apart = (a: Rect, b: Rect) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y

describe('labels of predictions', () => {
  it('never cover each other and never leave the picture’s area', () => {
    fc.assert(
      fc.property(fc.array(labelled, { maxLength: 60 }), (entries) => {
        const placed = placeLabels(entries, bounds).filter((place) => place !== null)
        for (const [index, place] of placed.entries()) {
          expect(place.x).toBeGreaterThanOrEqual(0)
          expect(place.y).toBeGreaterThanOrEqual(0)
          expect(place.x + place.width).toBeLessThanOrEqual(800)
          expect(place.y + place.height).toBeLessThanOrEqual(600)
          expect(placed.slice(index + 1).every((other) => apart(place, other))).toBe(true)
        }
      })
    )
  })

  it('stand above their box in full where there is room', () => {
    const [place] = placeLabels(
      [{ rect: { x: 100, y: 200, width: 50, height: 40 }, fullWidth: 80, shortWidth: 36 }],
      bounds
    )
    expect(place).toEqual({ x: 100, y: 200 - labelHeight - 1, width: 80, height: labelHeight, short: false })
  })

  it('shorten where a name does not fit, and give way where nothing does', () => {
    const box = { rect: { x: 30, y: 30, width: 20, height: 20 }, fullWidth: 120, shortWidth: 30 }
    const narrow = { x: 0, y: 0, width: 100, height: 60 }
    expect(placeLabels([box], narrow)[0]).toMatchObject({ width: 30, short: true })
    expect(placeLabels([box], { ...narrow, width: 28 })).toEqual([null])
  })
})
