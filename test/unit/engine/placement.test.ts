import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { letterbox, roundHalfEven, stretch } from '../../../main/engine/preprocess/placement.ts'

const side = fc.integer({ min: 1, max: 5000 })
const size = fc.record({ width: side, height: side })
const inputSide = fc.integer({ min: 8, max: 2048 })
const inputSize = fc.record({ width: inputSide, height: inputSide })

describe('roundHalfEven', () => {
  it.each([
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [3.5, 4],
    [-0.5, 0],
    [-1.5, -2],
    [2.4999, 2],
    [2.5001, 3],
    [-0.1, 0],
    [7, 7]
  ])('rounds %d to %d as Python does', (value, rounded) => {
    expect(roundHalfEven(value) + 0).toBe(rounded)
  })
})

describe('letterbox', () => {
  // Worked out by hand from the rule: scale = min(H/h, W/w), inner = round(side × scale), offset = round(rest/2 − 0.1).
  it.each([
    ['the same size', [640, 640, 640, 640], { left: 0, top: 0, width: 640, height: 640 }],
    ['wide, by a third', [1920, 1080, 640, 640], { left: 0, top: 140, width: 640, height: 360 }],
    ['tall', [300, 1200, 640, 640], { left: 240, top: 0, width: 160, height: 640 }],
    ['scaled up', [64, 32, 640, 640], { left: 0, top: 160, width: 640, height: 320 }],
    ['an odd rest: the smaller half on top', [640, 427, 640, 640], { left: 0, top: 106, width: 640, height: 427 }],
    ['a half to the even neighbour below', [1280, 1001, 640, 640], { left: 0, top: 70, width: 640, height: 500 }],
    ['a half to the even neighbour above', [1280, 1003, 640, 640], { left: 0, top: 69, width: 640, height: 502 }],
    ['an input that is not square', [1000, 1000, 320, 192], { left: 64, top: 0, width: 192, height: 192 }],
    ['at least one px of it', [10_000, 4, 640, 640], { left: 0, top: 319, width: 640, height: 1 }]
  ])('%s', (_, [width = 0, height = 0, inputWidth = 0, inputHeight = 0], expected) => {
    expect(letterbox({ width, height }, { width: inputWidth, height: inputHeight })).toMatchObject(expected)
  })

  it('lies inside the input and fills one of its axes', () => {
    fc.assert(
      fc.property(size, inputSize, (original, input) => {
        const { left, top, width, height } = letterbox(original, input)
        expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
        expect(left + width).toBeLessThanOrEqual(input.width)
        expect(top + height).toBeLessThanOrEqual(input.height)
        expect(width === input.width || height === input.height).toBe(true)
      })
    )
  })

  it('is in the middle: the borders differ by at most one px, the larger at the right and bottom', () => {
    fc.assert(
      fc.property(size, inputSize, (original, input) => {
        const { left, top, width, height } = letterbox(original, input)
        expect([0, 1]).toContain(input.width - width - 2 * left)
        expect([0, 1]).toContain(input.height - height - 2 * top)
      })
    )
  })

  it('maps corners to where the resized picture ends', () => {
    fc.assert(
      fc.property(size, inputSize, (original, input) => {
        const { scaleX, scaleY, width, height } = letterbox(original, input)
        expect(original.width * scaleX).toBeCloseTo(width, 6)
        expect(original.height * scaleY).toBeCloseTo(height, 6)
      })
    )
  })

  it('keeps the proportions within half a px of the input', () => {
    fc.assert(
      fc.property(size, inputSize, (original, input) => {
        const { width, height } = letterbox(original, input)
        const scale = Math.min(input.width / original.width, input.height / original.height)
        fc.pre(original.width * scale >= 1 && original.height * scale >= 1)
        expect(Math.abs(original.width * scale - width)).toBeLessThanOrEqual(0.5)
        expect(Math.abs(original.height * scale - height)).toBeLessThanOrEqual(0.5)
      })
    )
  })

  it('goes there and back within half a px of the input, as px are counted in the resized picture', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(size, inputSize, share, (original, input, at) => {
        const { left, scaleX, width } = letterbox(original, input)
        const there = Math.round(left + at * original.width * scaleX)
        const back = (there - left) / scaleX
        expect(Math.abs(back - at * original.width) * scaleX).toBeLessThanOrEqual(0.5 + 1e-6)
        expect(back).toBeGreaterThanOrEqual(-1e-6)
        expect(back).toBeLessThanOrEqual(original.width + 1e-6)
        expect(there).toBeLessThanOrEqual(left + width)
      })
    )
  })
})

describe('stretch', () => {
  it('fills the whole input', () => {
    fc.assert(
      fc.property(size, inputSize, (original, input) => {
        const { left, top, width, height, scaleX, scaleY } = stretch(original, input)
        expect({ left, top, width, height }).toEqual({ left: 0, top: 0, ...input })
        expect(original.width * scaleX).toBeCloseTo(input.width, 6)
        expect(original.height * scaleY).toBeCloseTo(input.height, 6)
      })
    )
  })
})
