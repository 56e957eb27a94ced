import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitted, heldIn, zoomedAt } from '../../../renderer/ui/picture/viewport.ts'

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true })

describe('a picture’s viewport', () => {
  it('shows the whole picture, centred', () => {
    expect(fitted({ width: 1920, height: 1080 }, { width: 960, height: 900 })).toEqual({ scale: 0.5, x: 0, y: 180 })
  })

  it('enlarges a tiny picture four times at most', () => {
    expect(fitted({ width: 10, height: 10 }, { width: 1000, height: 1000 }).scale).toBe(4)
  })

  it('keeps the point under the pointer while it zooms', () => {
    fc.assert(
      fc.property(
        positive(0.1, 10),
        positive(-500, 500),
        positive(0.2, 5),
        positive(0, 900),
        (scale, x, factor, at) => {
          const before = { scale, x, y: -x }
          const after = zoomedAt(before, factor, at, at / 2, 0.05)
          expect((at - after.x) / after.scale).toBeCloseTo((at - before.x) / before.scale, 5)
          expect((at / 2 - after.y) / after.scale).toBeCloseTo((at / 2 - before.y) / before.scale, 5)
        }
      )
    )
  })

  it('cannot be lost: the middle of its area always shows a part of it', () => {
    const image = { width: 300, height: 200 }
    const area = { width: 640, height: 480 }
    const far = positive(-5000, 5000)
    fc.assert(
      fc.property(positive(0.1, 40), far, far, (scale, x, y) => {
        const held = heldIn({ scale, x, y }, image, area)
        expect((320 - held.x) / scale).toBeGreaterThanOrEqual(-1e-9)
        expect((320 - held.x) / scale).toBeLessThanOrEqual(300 + 1e-9)
        expect((240 - held.y) / scale).toBeGreaterThanOrEqual(-1e-9)
        expect((240 - held.y) / scale).toBeLessThanOrEqual(200 + 1e-9)
        expect(heldIn(held, image, area)).toEqual(held)
      })
    )
  })
})
