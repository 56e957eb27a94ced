import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputSpec, type InputSpec } from '../../../main/contract/index.ts'
import type { Picture } from '../../../main/base/picture/picture.ts'
import { Preprocessor } from '../../../main/engine/preprocess/preprocessor.ts'
import { resizeTable } from '../../../main/engine/preprocess/resizeTable.ts'
import { straightResize } from './straightResize.ts'

const side = fc.integer({ min: 1, max: 24 })

const picture: fc.Arbitrary<Picture> = fc
  .tuple(side, side)
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
      .map((data) => ({ width, height, data }))
  )

/** With raw pixel values in the tensor unless told otherwise. */
function spec(fields: Partial<InputSpec>): InputSpec {
  return inputSpec.parse({ width: 16, height: 16, resize: 'stretch', scale: 1, ...fields })
}

function tensor(given: Picture, fields: Partial<InputSpec>): Float32Array {
  const preprocessor = new Preprocessor(spec(fields))
  const data = new Float32Array(preprocessor.length).fill(Number.NaN)
  preprocessor.prepare(given, data)
  return data
}

/** One colour all over. */
function plain(width: number, height: number, colour: [number, number, number]): Picture {
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, at) => colour[at % 3]!) }
}

describe('resizeTable', () => {
  it('names px inside the source and weights that sum to 2048', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4096 }), fc.constantFrom(1, 7, 224, 640, 1024, 2048), (source, target) => {
        const { first, second, firstWeight, secondWeight } = resizeTable(source, target)
        expect(first.every((px, at) => px >= 0 && px <= second[at]! && second[at]! < source)).toBe(true)
        expect(firstWeight.every((weight, at) => weight + secondWeight[at]! === 2048)).toBe(true)
      })
    )
  })

  it('weighs the neighbours of a doubled axis by quarters', () => {
    const { first, second, firstWeight } = resizeTable(3, 6)
    expect([...first]).toEqual([0, 0, 0, 1, 1, 2])
    expect([...second]).toEqual([0, 1, 1, 2, 2, 2])
    expect([...firstWeight]).toEqual([512, 1536, 512, 1536, 512, 1536])
  })
})

describe('Preprocessor', () => {
  it('resizes within one step of a straight bilinear interpolation in floats', () => {
    fc.assert(
      fc.property(picture, fc.integer({ min: 8, max: 32 }), fc.integer({ min: 8, max: 32 }), (given, width, height) => {
        const data = tensor(given, { width, height })
        for (const channel of [0, 1, 2]) {
          const plane = data.subarray(channel * width * height, (channel + 1) * width * height)
          straightResize(given, width, height, channel).forEach((value, at) => {
            expect(Math.abs(plane[at]! - value)).toBeLessThanOrEqual(1)
          })
        }
      })
    )
  })

  it('leaves a picture of the input’s size as it is', () => {
    const given = { width: 9, height: 8, data: Uint8Array.from({ length: 216 }, (_, at) => (at * 7) % 256) }
    const data = tensor(given, { width: 9, height: 8, resize: 'letterbox' })
    for (const channel of [0, 1, 2]) {
      expect([...data.subarray(channel * 72, channel * 72 + 72)]).toEqual(
        [...given.data].filter((_, at) => at % 3 === channel)
      )
    }
  })

  it('fills the whole tensor and puts the border’s value around a letterboxed picture', () => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: 0, max: 255 }), (width, height, pad) => {
        const preprocessor = new Preprocessor(spec({ resize: 'letterbox', pad }))
        const data = new Float32Array(preprocessor.length).fill(Number.NaN)
        const placed = preprocessor.prepare(plain(width, height, [10, 20, 30]), data)
        data.forEach((value, at) => {
          const [x, y, channel] = [at % 16, Math.floor(at / 16) % 16, Math.floor(at / 256)]
          const inX = x >= placed.left && x < placed.left + placed.width
          const inY = y >= placed.top && y < placed.top + placed.height
          expect(value).toBe(inX && inY ? 10 * (channel + 1) : pad)
        })
      })
    )
  })

  it('answers the same for the same picture, whatever it prepared before', () => {
    fc.assert(
      fc.property(fc.array(picture, { minLength: 2, maxLength: 4 }), (pictures) => {
        const preprocessor = new Preprocessor(spec({ resize: 'letterbox' }))
        for (const given of pictures) {
          const data = new Float32Array(preprocessor.length)
          preprocessor.prepare(given, data)
          expect(data).toEqual(tensor(given, { resize: 'letterbox' }))
        }
      }),
      { numRuns: 30 }
    )
  })

  it('orders channels as the spec says', () => {
    const given = plain(16, 16, [10, 20, 30])
    const firsts = (channels: 'rgb' | 'bgr') => [0, 256, 512].map((at) => tensor(given, { channels })[at])
    expect(firsts('rgb')).toEqual([10, 20, 30])
    expect(firsts('bgr')).toEqual([30, 20, 10])
  })

  it('makes one channel of grey by the BT.601 weights', () => {
    fc.assert(
      fc.property(fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 255 }))), ([r = 0, g = 0, b = 0]) => {
        const data = tensor(plain(4, 4, [r, g, b]), { channels: 'gray' })
        expect(data.length).toBe(256)
        expect(Math.abs(data[0]! - (0.299 * r + 0.587 * g + 0.114 * b))).toBeLessThanOrEqual(0.51)
      })
    )
  })

  it('computes (pixel × scale − mean) / std, by the tensor’s channels', () => {
    const fields = { scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }
    const given = plain(16, 16, [51, 102, 204])
    const rgb = tensor(given, fields)
    expect(rgb[0]).toBeCloseTo((0.2 - 0.485) / 0.229, 6)
    expect(rgb[256]).toBeCloseTo((0.4 - 0.456) / 0.224, 6)
    expect(rgb[512]).toBeCloseTo((0.8 - 0.406) / 0.225, 6)
    expect(tensor(given, { ...fields, channels: 'bgr' })[0]).toBeCloseTo((0.8 - 0.485) / 0.229, 6)
  })

  it('uses a single mean and std for all channels', () => {
    const data = tensor(plain(16, 16, [127.5, 0, 255]), { mean: [127.5], std: [127.5] })
    expect(data[256]).toBeCloseTo(-1, 6)
    expect(data[512]).toBeCloseTo(1, 6)
  })
})
