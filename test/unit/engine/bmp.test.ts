import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBmp } from '../../../main/base/picture/bmp.ts'
import { decodePicture } from '../../../main/base/picture/decode.ts'
import { PictureError } from '../../../main/base/picture/picture.ts'
import { bmpFile, type BmpParts } from './bmpFile.ts'

const limit = 1_000_000
const pixels = (parts: BmpParts) => [...decodeBmp(bmpFile(parts), limit).data]
const black = [0, 0, 0]
const white = [255, 255, 255]
const red = [255, 0, 0]
const green = [0, 255, 0]
const blue = [0, 0, 255]
const colours = [black, white, red, green].map(([r = 0, g = 0, b = 0]) => [b, g, r, 0])

describe('decodeBmp', () => {
  it('reads 1 bit, the leftmost px in the highest bit', () => {
    const rows = [[0b1010_0000, 0b1000_0000]]
    expect(pixels({ width: 9, height: 1, bits: 1, palette: colours.slice(0, 2), rows })).toEqual(
      [white, black, white, black, black, black, black, black, white].flat()
    )
  })

  it('reads 4 bit, bottom-up', () => {
    const rows = [
      [0x23, 0x10],
      [0x01, 0x20]
    ]
    expect(pixels({ width: 3, height: 2, bits: 4, palette: colours, rows })).toEqual(
      [black, white, red, red, green, white].flat()
    )
  })

  it('reads 8 bit, top-down', () => {
    const parts = {
      width: 2,
      height: -2,
      bits: 8,
      palette: colours,
      rows: [
        [2, 3],
        [0, 1]
      ]
    }
    expect(pixels(parts)).toEqual([red, green, black, white].flat())
  })

  it('reads 16 bit as five bits a channel unless masks say otherwise', () => {
    expect(pixels({ width: 3, height: 1, bits: 16, rows: [[0x00, 0x7c, 0xe0, 0x03, 0x10, 0x00]] })).toEqual(
      [red, green, [0, 0, 132]].flat()
    )
    const masks: BmpParts['masks'] = [0xf800, 0x07e0, 0x001f]
    expect(pixels({ width: 2, height: 1, bits: 16, compression: 3, masks, rows: [[0xe0, 0x07, 0x00, 0xf8]] })).toEqual(
      [green, red].flat()
    )
  })

  it('reads 24 bit with padded rows', () => {
    const rows = [
      [255, 0, 0],
      [0, 0, 255]
    ]
    expect(pixels({ width: 1, height: 2, bits: 24, rows })).toEqual([red, blue].flat())
  })

  it('reads 32 bit, with masks up to the highest bit too', () => {
    expect(pixels({ width: 1, height: 1, bits: 32, rows: [[3, 2, 1, 9]] })).toEqual([1, 2, 3])
    const masks: BmpParts['masks'] = [0xff000000, 0x00ff0000, 0x0000ff00]
    expect(pixels({ width: 1, height: 1, bits: 32, compression: 3, masks, rows: [[9, 3, 2, 1]] })).toEqual([1, 2, 3])
  })

  it('reads the header of OS/2', () => {
    const bytes = Buffer.alloc(30)
    bytes.write('BM', 'latin1')
    bytes.writeUInt32LE(26, 10)
    bytes.writeUInt32LE(12, 14)
    bytes.writeUInt16LE(1, 18)
    bytes.writeUInt16LE(1, 20)
    bytes.writeUInt16LE(24, 24)
    bytes.set([30, 20, 10], 26)
    expect([...decodeBmp(bytes, limit).data]).toEqual([10, 20, 30])
  })

  it('is what decodePicture reads BMP with', async () => {
    const bytes = bmpFile({ width: 1, height: 1, bits: 24, rows: [[30, 20, 10]] })
    expect(await decodePicture(bytes, limit)).toMatchObject({ width: 1, height: 1, data: Uint8Array.of(10, 20, 30) })
  })

  it.each<[string, Partial<BmpParts>, string]>([
    ['compression', { compression: 1 }, 'IMAGE_UNREADABLE'],
    ['odd depths', { bits: 7 }, 'IMAGE_UNREADABLE'],
    ['no width', { width: 0 }, 'IMAGE_UNREADABLE'],
    ['a negative width', { width: -5 }, 'IMAGE_UNREADABLE'],
    ['the most negative height', { height: -2147483648, width: 1 }, 'IMAGE_TOO_LARGE'],
    ['too many px', { width: 30_000, height: 30_000 }, 'IMAGE_TOO_LARGE'],
    ['px that are not there', { width: 100, height: 100 }, 'IMAGE_UNREADABLE'],
    ['a colour beyond the palette', { bits: 8, palette: colours.slice(0, 2), rows: [[5]] }, 'IMAGE_UNREADABLE']
  ])('refuses %s', (_, parts, code) => {
    const bytes = bmpFile({ width: 1, height: 1, bits: 24, rows: [[1, 2, 3]], ...parts })
    expect(() => decodeBmp(bytes, limit)).toThrow(expect.objectContaining({ code }))
  })

  it('refuses every truncation', () => {
    const whole = bmpFile({
      width: 3,
      height: 2,
      bits: 8,
      palette: colours,
      rows: [
        [0, 1, 2],
        [3, 2, 1]
      ]
    })
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeBmp(whole.subarray(0, length), limit)).toThrow(PictureError)
    }
  })

  it('throws nothing but PictureError at whatever bytes', () => {
    const whole = bmpFile({ width: 4, height: 4, bits: 16, rows: Array<number[]>(4).fill([1, 2, 3, 4, 5, 6, 7, 8]) })
    const changes = fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(changes, (some) => {
        const bytes = Uint8Array.from(whole)
        for (const [at, value] of some) bytes[at] = value
        try {
          const { width, height, data } = decodeBmp(bytes, limit)
          expect(data.length).toBe(width * height * 3)
        } catch (error) {
          expect(error).toBeInstanceOf(PictureError)
        }
      }),
      { numRuns: 2000 }
    )
  })
})
