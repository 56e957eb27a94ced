import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  labelHeight,
  placeLabels,
  placeLifted,
  type Labelled,
  type PlacedLabel
} from '../../../renderer/ui/picture/placeLabels.ts'
import type { Rect } from '../../../renderer/ui/picture/rect.ts'

const area = { x: 0, y: 0, width: 800, height: 600 }
const px = (max: number, min = 0) => fc.integer({ min, max })
const labelled: fc.Arbitrary<Labelled> = fc
  .record({ x: px(900, -150), y: px(700, -150), width: px(200), height: px(200), fullWidth: px(160, 20) })
  .map(({ fullWidth, ...rect }) => ({ rect, fullWidth, shortWidth: Math.min(fullWidth, 36) }))
const crowd = fc.array(labelled, { maxLength: 80 })

const apart = (a: Rect, b: Rect) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
const inside = (a: Rect, view: Rect) =>
  a.x >= view.x && a.y >= view.y && a.x + a.width <= view.x + view.width && a.y + a.height <= view.y + view.height

/** How far a label stands from its mark, in px of the screen. */
const gap = (a: Rect, b: Rect) =>
  Math.max(0, a.x - b.x - b.width, b.x - a.x - a.width, a.y - b.y - b.height, b.y - a.y - a.height)

/** Such a label moves with the part of its mark that is in sight. */
const isWithinMark = ({ spot }: PlacedLabel) => spot >= 10 && spot <= 13

describe('labels of predictions', () => {
  it('never cover each other, never leave the area, stay near their marks, in full or shortened', () => {
    fc.assert(
      fc.property(crowd, (entries) => {
        const all = placeLabels(entries, area)
        for (const [index, place] of all.entries()) {
          const entry = entries[index]
          if (!place || !entry) continue
          expect(inside(place, area)).toBe(true)
          expect(place.width).toBe(place.short ? entry.shortWidth : entry.fullWidth)
          expect(gap(place, entry.rect)).toBeLessThanOrEqual(place.apart ? 40 : 2)
          expect(all.slice(index + 1).every((other) => !other || apart(place, other))).toBe(true)
        }
      })
    )
  })

  it('are left out only where the mark is out of sight or the place above it is taken or out of the area', () => {
    fc.assert(
      fc.property(crowd, (entries) => {
        const all = placeLabels(entries, area)
        const placed = all.filter((place) => place !== null)
        for (const [index, { rect, shortWidth: width }] of entries.entries()) {
          if (all[index]) continue
          const above = { x: rect.x, y: rect.y - labelHeight - 1, width, height: labelHeight }
          const isSeen = rect.x <= 800 && rect.y <= 600 && rect.x + rect.width >= 0 && rect.y + rect.height >= 0
          expect(isSeen && inside(above, area) && placed.every((other) => apart(above, other))).toBe(false)
        }
      })
    )
  })

  it('keep their places while the picture is panned, as long as those stay in sight', () => {
    fc.assert(
      fc.property(crowd, px(60, -60), px(60, -60), (entries, x, y) => {
        const moved = { ...area, x, y }
        const before = placeLabels(entries, area)
        const after = placeLabels(entries, moved, before)
        for (const [index, last] of before.entries()) {
          if (!last || isWithinMark(last) || !inside(last, moved) || gap(entries[index]?.rect ?? last, moved) > 0)
            continue
          const isPushed = after.some((other) => other && isWithinMark(other) && !apart(other, last))
          if (!isPushed) expect(after[index]).toBe(last)
        }
        expect(placeLabels(entries, moved, after)).toEqual(after)
      })
    )
  })

  it('stand above their box in full where there is room', () => {
    const entry = { rect: { x: 100, y: 200, width: 50, height: 40 }, fullWidth: 80, shortWidth: 36 }
    const expected = { x: 100, y: 200 - labelHeight - 1, width: 80, height: labelHeight, short: false }
    expect(placeLabels([entry], area)[0]).toMatchObject(expected)
    expect(placeLifted(entry, area)).toMatchObject(expected)
  })

  it('shorten where a name does not fit, and give way where nothing does', () => {
    const box = { rect: { x: 30, y: 30, width: 20, height: 20 }, fullWidth: 120, shortWidth: 30 }
    const narrow = { x: 0, y: 0, width: 100, height: 60 }
    expect(placeLabels([box], narrow)[0]).toMatchObject({ width: 30, short: true })
    expect(placeLabels([box], { ...narrow, width: 28 })).toEqual([null])
  })

  it('find places for many at once', () => {
    let seed = 7
    const random = (max: number) => ((seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647) * max
    const many = Array.from({ length: 300 }, () => ({
      rect: { x: random(1200), y: random(650), width: 10 + random(60), height: 10 + random(60) },
      fullWidth: 60 + random(50),
      shortWidth: 36
    }))
    const view = { x: 0, y: 0, width: 1280, height: 720 }
    const placed = placeLabels(many, view).filter((place) => place !== null)
    expect(placed.length).toBeGreaterThan(200)
    expect(placed.some(({ short }) => short)).toBe(true)
  })
})
