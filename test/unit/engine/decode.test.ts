import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decodePicture } from '../../../main/base/picture/decode.ts'
import { PictureError } from '../../../main/base/picture/picture.ts'
import { greyPng } from '../../helpers/png.ts'

const limit = 10_000_000

/** Six px, each of its own colour: `a b c` above `d e f`. */
const colours: Record<string, number[]> = {
  a: [250, 10, 10],
  b: [10, 250, 10],
  c: [10, 10, 250],
  d: [250, 250, 10],
  e: [10, 250, 250],
  f: [250, 10, 250]
}
const six = raw('abc def')

/** Rows of letters as a picture. */
function raw(text: string) {
  const rows = text.split(' ')
  const data = Buffer.from(rows.flatMap((row) => Array.from(row).flatMap((letter) => colours[letter]!)))
  return sharp(data, { raw: { width: rows[0]!.length, height: rows.length, channels: 3 } })
}

async function pixels(bytes: Uint8Array) {
  const { width, height, data } = await decodePicture(bytes, limit)
  return { width, height, data: [...data] }
}

/** Noise, which no format can make small. */
function noise(width: number, height: number) {
  const data = Buffer.alloc(width * height * 3)
  for (let at = 0; at < data.length; at++) data[at] = (at * at * 31 + at * 17) % 251
  return sharp(data, { raw: { width, height, channels: 3 } })
}

describe('decodePicture', () => {
  // Where the row 0 and column 0 of the file lie, by the EXIF standard's table of orientations.
  it.each([
    [1, 'abc def'],
    [2, 'cba fed'],
    [3, 'fed cba'],
    [4, 'def abc'],
    [5, 'ad be cf'],
    [6, 'da eb fc'],
    [7, 'fc eb da'],
    [8, 'cf be ad']
  ])('turns a picture of EXIF orientation %d upright', async (orientation, upright) => {
    const given = await six.clone().withMetadata({ orientation }).png().toBuffer()
    const expected = await raw(upright).raw().toBuffer({ resolveWithObject: true })
    const { width, height, data } = await pixels(given)
    expect([width, height]).toEqual([expected.info.width, expected.info.height])
    expect(data).toEqual([...expected.data])
  })

  it.each(['png', 'tiff', 'webp'] as const)('reads lossless %s exactly', async (format) => {
    const given = await six.clone().toFormat(format, { lossless: true, compression: 'lzw' }).toBuffer()
    expect((await pixels(given)).data).toEqual(Object.values(colours).flat())
  })

  it('takes 16 bit to 8 by shifting', async () => {
    const values = Uint16Array.of(0x0000, 0x00ff, 0x0100, 0x7fff, 0x80ff, 0xffff)
    const picture = sharp(values, { raw: { width: 2, height: 1, channels: 3 } })
    const given = await picture.toColourspace('rgb16').png().toBuffer()
    expect((await sharp(given).metadata()).depth).toBe('ushort')
    expect((await pixels(given)).data).toEqual([0x00, 0x00, 0x01, 0x7f, 0x80, 0xff])
  })

  it('takes 16-bit grey to 8 by shifting', async () => {
    const picture = sharp(Uint16Array.of(0x12ff, 0xab00), { raw: { width: 2, height: 1, channels: 1 } })
    const given = await picture.toColourspace('grey16').png().toBuffer()
    expect((await sharp(given).metadata()).depth).toBe('ushort')
    expect((await pixels(given)).data).toEqual([0x12, 0x12, 0x12, 0xab, 0xab, 0xab])
  })

  it('drops alpha and blends nothing', async () => {
    const data = Buffer.from([200, 100, 50, 0, 20, 40, 60, 128])
    const given = await sharp(data, { raw: { width: 2, height: 1, channels: 4 } })
      .png()
      .toBuffer()
    expect((await pixels(given)).data).toEqual([200, 100, 50, 20, 40, 60])
  })

  it('spreads grey over three channels', async () => {
    const grey = sharp(Buffer.from([7, 200]), { raw: { width: 2, height: 1, channels: 1 } })
    expect((await pixels(await grey.clone().toColourspace('b-w').png().toBuffer())).data).toEqual([
      7, 7, 7, 200, 200, 200
    ])
    const withAlpha = await sharp(Buffer.from([7, 0, 200, 255]), { raw: { width: 2, height: 1, channels: 2 } })
      .toColourspace('b-w')
      .png()
      .toBuffer()
    expect((await pixels(withAlpha)).data).toEqual([7, 7, 7, 200, 200, 200])
  })

  it('reads grey JPEG', async () => {
    const plain = sharp({ create: { width: 16, height: 16, channels: 3, background: '#505050' } })
    const { data } = await pixels(await plain.toColourspace('b-w').jpeg({ quality: 100 }).toBuffer())
    expect(data.length).toBe(768)
    expect(new Set(data)).toEqual(new Set([0x50]))
  })

  it('reads CMYK JPEG in colours near the original', async () => {
    const plain = sharp({ create: { width: 16, height: 16, channels: 3, background: { r: 200, g: 60, b: 50 } } })
    const given = await plain.toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer()
    expect((await sharp(given).metadata()).space).toBe('cmyk')
    const [r = 0, g = 0, b = 0] = (await pixels(given)).data
    expect(Math.max(Math.abs(r - 200), Math.abs(g - 60), Math.abs(b - 50))).toBeLessThan(25)
  })

  it('does not apply colour profiles', async () => {
    const given = await six.clone().withIccProfile('p3').png().toBuffer()
    const stored = await sharp(given, { ignoreIcc: true }).raw().toBuffer()
    expect((await pixels(given)).data).toEqual([...stored])
  })

  it('takes the first frame of an animation', async () => {
    const frames = Buffer.concat(await Promise.all(['aa', 'bb'].map((row) => raw(row).raw().toBuffer())))
    const strip = sharp(frames, { raw: { width: 2, height: 2, channels: 3, pageHeight: 1 } })
    for (const bytes of [
      await strip.clone().gif().toBuffer(),
      await strip.clone().webp({ lossless: true }).toBuffer()
    ]) {
      expect((await sharp(bytes, { animated: true }).metadata()).pages).toBe(2)
      const { width, height, data } = await pixels(bytes)
      expect([width, height]).toEqual([2, 1])
      expect(Math.abs(data[0]! - 250)).toBeLessThan(16)
    }
  })

  it('refuses a picture of 30 000 × 30 000 px by its header', async () => {
    const bytes = greyPng(30_000, 30_000, 1)
    const begun = performance.now()
    await expect(decodePicture(bytes, limit)).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: expect.stringContaining('30000 × 30000')
    })
    expect(performance.now() - begun).toBeLessThan(1000)
  })

  it('allows exactly the limit', async () => {
    const bytes = greyPng(20, 10)
    expect(await decodePicture(bytes, 200)).toMatchObject({ width: 20, height: 10 })
    await expect(decodePicture(bytes, 199)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' })
  })

  it('refuses SVG, whatever it calls itself', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    await expect(decodePicture(svg, limit)).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' })
  })

  it.each(['jpeg', 'png', 'webp', 'tiff', 'gif'] as const)('refuses truncated %s', async (format) => {
    const whole = await noise(64, 48).toFormat(format).toBuffer()
    for (const share of [0.05, 0.3, 0.6, 0.9]) {
      const part = whole.subarray(0, Math.floor(whole.length * share))
      await expect(decodePicture(part, limit), `${share}`).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' })
    }
  })

  it('throws nothing but PictureError at broken pictures', async () => {
    const formats = ['jpeg', 'png', 'webp', 'tiff', 'gif'] as const
    const wholes = await Promise.all(formats.map((format) => noise(20, 20).toFormat(format).toBuffer()))
    const broken = fc
      .tuple(fc.constantFrom(...wholes), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }))
      .map(([whole, changes]) => {
        const bytes = Uint8Array.from(whole)
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        return bytes
      })
    await fc.assert(
      fc.asyncProperty(broken, async (bytes) => {
        const seen = await decodePicture(bytes, limit).catch((error: unknown) => error)
        if (seen instanceof Error) expect(seen).toBeInstanceOf(PictureError)
      }),
      { numRuns: 150 }
    )
  })
})
