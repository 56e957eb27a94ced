import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Picture } from '../../../main/base/picture/picture.ts'
import { inputSpec } from '../../../main/contract/index.ts'
import { crop } from '../../../main/engine/preprocess/placement.ts'
import { Preprocessor, type TensorLayout } from '../../../main/engine/preprocess/preprocessor.ts'

/** Against Pillow and OpenCV themselves: test/parity/resize_reference.py. */

const sides = z.tuple([z.number(), z.number()])
const { cases } = z
  .object({
    cases: z.array(
      z.object({
        resize: inputSpec.shape.resize,
        interpolation: inputSpec.shape.interpolation,
        source: sides,
        size: sides,
        cropShare: z.number(),
        pixels: z.base64()
      })
    )
  })
  .parse(JSON.parse(readFileSync(new URL('../../fixtures/parity/resize.json', import.meta.url), 'utf8')))

/** The reference's picture of a size. */
function picture(width: number, height: number): Picture {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const [x, y, c] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width), at % 3]
    return (x * x * 7 + y * 13 + c * 50 + ((x * y) % 31) * 5 + Math.floor(x / 9) * 40) % 256
  })
  return { width, height, data }
}

function tensor(given: Picture, spec: z.input<typeof inputSpec>, layout: TensorLayout): Float32Array {
  const preprocessor = new Preprocessor(inputSpec.parse({ scale: 1, ...spec }), layout)
  const data = new Float32Array(preprocessor.length).fill(Number.NaN)
  preprocessor.prepare(given, data)
  return data
}

describe('resize rules', () => {
  it.each(cases)('$resize, $interpolation: $source to $size', ({ source, size, pixels, ...rule }) => {
    const [width, height] = size
    const expected = Buffer.from(pixels, 'base64')
    const ours = tensor(picture(...source), { ...rule, width, height }, 'nhwc')
    expect(ours.length).toBe(expected.length)
    const steps = [...expected].map((value, at) => Math.abs(value - ours[at]!))
    expect(Math.max(...steps)).toBeLessThanOrEqual(1)
    expect(steps.reduce((sum, step) => sum + step, 0) / steps.length).toBeLessThan(0.25)
  })

  it.each([
    ['rgb', 'nchw'],
    ['bgr', 'nhwc'],
    ['gray', 'nchw']
  ] as const)('differs from what is rounded by the rounding alone: %s, %s', (channels, layout) => {
    const scaled = { mean: [10, 20, 30], std: [2, 3, 4] }
    const spec = { width: 40, height: 24, resize: 'letterbox' as const, channels, ...scaled }
    const [rounded, ours] = (['bilinear', 'bilinear-unrounded'] as const).map((interpolation) =>
      tensor(picture(61, 23), { ...spec, interpolation }, layout)
    )
    const steps = [...ours!].map((value, at) => Math.abs(value - rounded![at]!) * 2)
    expect(Math.max(...steps)).toBeLessThanOrEqual(2)
    expect(steps.some((step) => step > 0.1)).toBe(true)
  })

  it('refuses another size where none is to be resized, and takes its own as it is', () => {
    const spec = { width: 16, height: 8, resize: 'none' } as const
    expect(tensor(picture(16, 8), spec, 'nhwc')).toEqual(Float32Array.from(picture(16, 8).data))
    expect(() => tensor(picture(17, 8), spec, 'nchw')).toThrow('17 × 8 px, the model takes 16 × 8 px')
  })
})

const interpolation = fc.constantFrom(...inputSpec.shape.interpolation.unwrap().options)
const side = fc.integer({ min: 1, max: 40 })
const inputSide = fc.integer({ min: 8, max: 30 })

describe('laws of every interpolation', () => {
  it('keeps one colour one colour, wherever the picture lies', () => {
    const resize = fc.constantFrom('letterbox' as const, 'stretch' as const, 'crop' as const)
    fc.assert(
      fc.property(interpolation, resize, side, side, inputSide, inputSide, (kind, rule, w, h, width, height) => {
        const plain = { width: w, height: h, data: new Uint8Array(w * h * 3).fill(200) }
        const data = tensor(plain, { width, height, resize: rule, interpolation: kind, pad: 200 }, 'nchw')
        expect(data.every((value) => value === 200)).toBe(true)
      })
    )
  })

  it('gives the same numbers in both orders of axes', () => {
    fc.assert(
      fc.property(
        interpolation,
        fc.constantFrom('rgb' as const, 'bgr' as const, 'gray' as const),
        side,
        side,
        (kind, channels, w, h) => {
          const spec = { width: 12, height: 9, resize: 'letterbox', interpolation: kind, channels } as const
          const [first, last] = [tensor(picture(w, h), spec, 'nchw'), tensor(picture(w, h), spec, 'nhwc')]
          const depth = channels === 'gray' ? 1 : 3
          expect([...last]).toEqual([...last].map((_, at) => first[(at % depth) * 108 + Math.floor(at / depth)]))
        }
      )
    )
  })
})

describe('crop', () => {
  it('covers the input, cuts about as much from both ends, keeps the aspect to a px', () => {
    const share = fc.double({ min: 0.5, max: 1, noNaN: true })
    fc.assert(
      fc.property(side, side, inputSide, inputSide, share, (w, h, width, height, kept) => {
        const placed = crop({ width: w, height: h }, { width, height }, kept)
        expect(placed.left).toBeLessThanOrEqual(0)
        expect(placed.left + placed.width).toBeGreaterThanOrEqual(width)
        expect(placed.top + placed.height).toBeGreaterThanOrEqual(height)
        expect(Math.abs(placed.width + 2 * placed.left - width)).toBeLessThanOrEqual(1)
        expect(Math.abs(placed.scaleX * h - placed.scaleY * h)).toBeLessThanOrEqual(Math.max(1, h / w) + 1e-9)
      })
    )
  })
})
