import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instanceMask, prototypeGrid } from '../../../main/engine/geometry/instanceMask.ts'
import { pixelsOf } from './masks.ts'

/** Whole planes, row by row, and the plainest bilinear resize of them. */
type Rows = number[][]

function resize(rows: Rows, width: number, height: number): Rows {
  const place = (at: number, target: number, cells: number) => Math.max(0, ((at + 0.5) * cells) / target - 0.5)
  const value = (y: number, x: number) => rows[Math.min(y, rows.length - 1)]![Math.min(x, rows[0]!.length - 1)]!
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const [v, u] = [place(y, height, rows.length), place(x, width, rows[0]!.length)]
      const [top, left] = [Math.floor(v), Math.floor(u)]
      const mix = (a: number, b: number, share: number) => a * (1 - share) + b * share
      const line = (row: number) => mix(value(row, left), value(row, left + 1), u - left)
      return mix(line(top), line(top + 1), v - top)
    })
  )
}

const side = fc.integer({ min: 1, max: 60 })
const unit = fc.double({ min: 0, max: 1, noNaN: true })

describe('an instance’s mask', () => {
  it.each([
    // 1920 × 1080 in 640 × 640: 140 px above and below, 35 cells of 4 px.
    [1920, 1080, { factor: 1, left: 0, top: 35, width: 160, height: 90 }],
    // 1000 × 333: 213 of 640 px, so 213 above and 214 below: only px of the input tell where the picture begins.
    [1000, 333, { factor: 4, left: 0, top: 213, width: 640, height: 213 }],
    // 640 × 636: 2 px above and below, half a cell.
    [640, 636, { factor: 2, left: 0, top: 1, width: 320, height: 318 }]
  ])('finds the picture of %i × %i in the prototypes', (width, height, expected) => {
    const original = { width, height }
    expect(prototypeGrid({ width: 160, height: 160 }, original, 'letterbox')).toEqual({ original, ...expected })
  })

  it('is what resizing the whole plane gives, cut to its box', () => {
    fc.assert(
      fc.property(
        fc.record({ width: side, height: side, stretch: fc.boolean(), corners: fc.tuple(unit, unit, unit, unit) }),
        fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 2 * 5 * 6, maxLength: 2 * 5 * 6 }),
        ({ width, height, stretch, corners: [a, b, c, d] }, values) => {
          const original = { width, height }
          const prototypes = { channels: 2, width: 6, height: 5, data: Float32Array.from(values) }
          const weights = [0.7, -1.3].map(Math.fround)
          const box = { x: Math.min(a, b) * width, y: Math.min(c, d) * height, width: 0, height: 0 }
          box.width = Math.max(a, b) * width - box.x
          box.height = Math.max(c, d) * height - box.y
          const grid = prototypeGrid(prototypes, original, stretch ? 'stretch' : 'letterbox')
          const seen = pixelsOf(instanceMask(Float32Array.from(weights), prototypes, grid, box))

          const plane = Array.from({ length: 5 }, (_, y) =>
            Array.from(
              { length: 6 },
              (_, x) => weights[0]! * values[y * 6 + x]! + weights[1]! * values[30 + y * 6 + x]!
            )
          )
          const large = resize(plane, 6 * grid.factor, 5 * grid.factor)
          const part = large
            .slice(grid.top, grid.top + grid.height)
            .map((row) => row.slice(grid.left, grid.left + grid.width))
          resize(part, width, height).forEach((row, y) =>
            row.forEach((value, x) => {
              const inBox = x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height
              // Numbers this near to zero may fall on either side in 32 bits.
              if (Math.abs(value) > 1e-4) expect(seen.has(`${x},${y}`), `${x},${y}`).toBe(inBox && value > 0)
            })
          )
        }
      ),
      { numRuns: 300 }
    )
  })
})
