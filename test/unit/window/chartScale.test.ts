import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nearest, pieces, timeTicks, valueTicks } from '../../../renderer/ui/chart/chartScale.ts'

it('the marks of the values begin at 0, are even, and reach the highest value', () => {
  const property = fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (most) => {
    const ticks = valueTicks(most)
    expect(ticks[0]).toBe(0)
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-9))
    expect(ticks.length).toBeGreaterThanOrEqual(3)
    expect(ticks.length).toBeLessThanOrEqual(6)
  })
  fc.assert(property)
})

it('the marks of the time lie within the span and are few, at round minutes', () => {
  const property = fc.property(
    fc.integer({ min: 0, max: 2e12 }),
    fc.integer({ min: 60, max: 2_592_000 }),
    (from, seconds) => {
      const to = from + seconds * 1000
      const ticks = timeTicks(from, to, 6)
      expect(ticks.length).toBeLessThanOrEqual(7)
      expect(ticks.every((at) => at >= from && at <= to && at % 60_000 === 0)).toBe(true)
    }
  )
  fc.assert(property)
})

it('a line is broken where nothing was measured and where the inference was not up', () => {
  const points = [0, 10, 20, 50, 60].map((at) => ({ at, value: at === 10 ? null : at }))
  expect(pieces(points, 10).map((piece) => piece.map(({ at }) => at))).toEqual([[0], [20], [50, 60]])
})

it('the nearest point', () => {
  expect([nearest([], 5), nearest([0, 10, 20], 14), nearest([0, 10, 20], 99)]).toEqual([-1, 1, 2])
})
