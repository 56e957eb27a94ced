import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { decodeRle, encodeRle } from '../../../main/engine/geometry/rle.ts'
import { anyMask, pixelsOf, runsOf } from './masks.ts'

/** Written by pycocotools: test/parity/rle.py. */
const reference = z
  .object({
    masks: z.array(
      z.object({
        size: z.tuple([z.number(), z.number()]),
        rectangles: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
        area: z.number(),
        counts: z.string()
      })
    )
  })
  .parse(JSON.parse(readFileSync(new URL('../../fixtures/parity/rle.json', import.meta.url), 'utf8')))

/** Flips the pixels of each rectangle. */
function flipped([height, width]: [number, number], rectangles: readonly (readonly number[])[]): Uint8Array {
  const data = new Uint8Array(width * height)
  for (const [left = 0, top = 0, w = 0, h = 0] of rectangles)
    for (let y = top; y < top + h; y++) for (let x = left; x < left + w; x++) data[y * width + x]! ^= 1
  return data
}

/** Of a whole image's pixels. */
function maskOf({ width, height, data }: ReturnType<typeof decodeRle>) {
  const runs = runsOf(
    Array.from(data, (value) => value === 1),
    width
  )
  return { left: 0, top: 0, width, height, runs }
}

describe('COCO’s RLE', () => {
  it.each(reference.masks)('is that of pycocotools, byte for byte: $size', ({ size, rectangles, area, counts }) => {
    const pixels = flipped(size, rectangles)
    const mask = maskOf({ width: size[1], height: size[0], data: pixels })
    expect(encodeRle(mask, mask)).toEqual({ size, counts })
    const decoded = decodeRle({ size, counts })
    expect(Buffer.compare(decoded.data, pixels)).toBe(0)
    expect(decoded.data.reduce((sum, value) => sum + value, 0)).toBe(area)
  })

  it('comes back whole from any part of any image', () => {
    fc.assert(
      fc.property(anyMask, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), (mask, right, below) => {
        const image = { width: mask.left + mask.width + right, height: mask.top + mask.height + below }
        const rle = encodeRle(mask, image)
        const whole = maskOf(decodeRle(rle))
        expect(pixelsOf(whole)).toEqual(pixelsOf(mask))
        expect(encodeRle(whole, image)).toEqual(rle)
      }),
      { numRuns: 500 }
    )
  })

  it.each([
    ['', 4],
    ['4', 5],
    ['5', 4],
    ['o', 4],
    ['4 ', 4],
    ['oooooooooo0', 4]
  ])('refuses counts that do not fill the image: %j', (counts, pixels) => {
    expect(() => decodeRle({ size: [pixels, 1], counts })).toThrow(RangeError)
  })
})
