import fc from 'fast-check'
import type { PixelMask } from '../../../main/engine/geometry/pixelMask.ts'

/** Masks for tests. */

/** Any mask of at most 14 × 14 px, from sparse to dense, somewhere in an image of 20 × 20. */
export const anyMask: fc.Arbitrary<PixelMask> = fc
  .record({
    width: fc.integer({ min: 1, max: 14 }),
    height: fc.integer({ min: 1, max: 14 }),
    left: fc.integer({ min: 0, max: 6 }),
    top: fc.integer({ min: 0, max: 6 }),
    density: fc.constantFrom(0.1, 0.4, 0.5, 0.6, 0.9)
  })
  .chain(({ density, ...part }) =>
    fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: part.width * part.height,
        maxLength: part.width * part.height
      })
      .map((values) => ({ ...part, data: Uint8Array.from(values, (value) => (value < density ? 1 : 0)) }))
  )

/** A mask drawn as text, `#` where set. */
export function drawn(rows: readonly string[], left = 0, top = 0): PixelMask {
  const width = rows[0]?.length ?? 0
  return {
    left,
    top,
    width,
    height: rows.length,
    data: Uint8Array.from(rows.join(''), (char) => (char === '#' ? 1 : 0))
  }
}

/** The set pixels as `x,y` of the image. */
export function pixelsOf({ left, top, width, data }: PixelMask): Set<string> {
  const set = new Set<string>()
  data.forEach((value, at) => {
    if (value) set.add(`${left + (at % width)},${top + Math.floor(at / width)}`)
  })
  return set
}
