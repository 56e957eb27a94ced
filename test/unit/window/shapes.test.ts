import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Prediction } from '../../../main/contract/index.ts'
import { cornersOf, isPlaced, shapeOf } from '../../../renderer/ui/picture/shapes.ts'

const found = (geometry: Partial<Prediction>): Prediction => ({
  class: 'dent',
  confidence: 0.8,
  unknown: false,
  ...geometry
})

/** A ring of 10 × 10 px with a hole of 2 × 2 px, and an island of 1 px beside it. */
const mask = {
  areaPx: 97,
  polygons: [
    { outer: [10, 20, 20, 20, 20, 30, 10, 30], holes: [[14, 24, 16, 24, 16, 26, 14, 26]] },
    { outer: [30, 20, 31, 20, 31, 21, 30, 21], holes: [] }
  ]
}
const box = { x: 10, y: 20, width: 21, height: 10 }

/** Rings of a path that is made of closed parts only. */
const ringsOf = (path: string) =>
  path
    .split('Z')
    .filter(Boolean)
    .map((part) => part.replace('M', '').split(' ').map(Number))

/** Twice the enclosed area, by the shoelace formula. */
function areaOf(ring: number[]) {
  let twice = 0
  for (let at = 0; at < ring.length; at += 2) {
    const [x = 0, y = 0] = ring.slice(at)
    const [nextX = 0, nextY = 0] = at + 2 < ring.length ? ring.slice(at + 2) : ring
    twice += x * nextY - nextX * y
  }
  return Math.abs(twice / 2)
}

describe('how a prediction is drawn', () => {
  it('as its mask: outers and holes in one path, so that even-odd filling leaves the holes clear', () => {
    const shape = shapeOf(found({ box, mask }), true)
    const [outer = [], hole = [], island = []] = ringsOf(shape?.path ?? '')
    expect(shape).toMatchObject({ kind: 'mask', bounds: box })
    expect(areaOf(outer) - areaOf(hole) + areaOf(island)).toBe(mask.areaPx)
  })

  it('as its box where masks are off or have no polygons', () => {
    expect(shapeOf(found({ box, mask }), false)).toMatchObject({ kind: 'box', bounds: box })
    expect(shapeOf(found({ box, mask: { areaPx: 4 } }), true)).toMatchObject({ kind: 'box' })
    expect(ringsOf(shapeOf(found({ box }), true)?.path ?? '')).toEqual([[10, 20, 31, 20, 31, 30, 10, 30]])
  })

  it('as its mask where there is nothing else', () => {
    expect(shapeOf(found({ mask }), false)).toMatchObject({ kind: 'mask', bounds: box })
  })

  it('as its rotated box rather than as the box around it', () => {
    const quarter = { cx: 50, cy: 40, width: 20, height: 10, angle: Math.PI / 2 }
    const shape = shapeOf(found({ box, rotatedBox: quarter }), true)
    expect(shape?.path).toBe('M55 30 55 50 45 50 45 30Z')
    expect(shape?.bounds.x).toBeCloseTo(45)
    expect(shape?.bounds.height).toBeCloseTo(20)
  })

  it('not at all where it is a class of the whole picture', () => {
    expect(shapeOf(found({}), true)).toBeNull()
    expect(isPlaced(found({}))).toBe(false)
    expect(isPlaced(found({ mask }))).toBe(true)
  })
})

it('a rotated box keeps its centre, its sides and its area at every angle', () => {
  const side = fc.double({ min: 1, max: 500, noNaN: true })
  const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true })
  fc.assert(
    fc.property(side, side, angle, (width, height, turn) => {
      const ring = cornersOf({ cx: 300, cy: -20, width, height, angle: turn })
      const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0] = ring
      expect((ax + cx) / 2).toBeCloseTo(300, 6)
      expect((ay + cy) / 2).toBeCloseTo(-20, 6)
      expect(Math.hypot(bx - ax, by - ay)).toBeCloseTo(width, 6)
      expect(areaOf(ring) / (width * height)).toBeCloseTo(1, 6)
    })
  )
})
