import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { acceptedFormat } from '../../../main/base/picture/decode.ts'
import { foreignType, sniffPicture } from '../../../main/base/picture/sniff.ts'

const pixel = { create: { width: 2, height: 2, channels: 3, background: 'red' } } as const
const latin = (text: string) => Buffer.from(text, 'latin1')

describe('sniffPicture', () => {
  it.each(['jpeg', 'png', 'webp', 'tiff', 'gif'] as const)('knows %s', async (format) => {
    expect(sniffPicture(await sharp(pixel).toFormat(format).toBuffer())).toBe(format)
  })

  it('knows BMP and big-endian TIFF', () => {
    expect(sniffPicture(latin('BM\0\0'))).toBe('bmp')
    expect(sniffPicture(latin('MM\0*\0\0\0\x08'))).toBe('tiff')
  })

  it('knows nothing by a part of its signature', () => {
    for (const start of ['', '\x89', '\x89PNG', '\xff\xd8', 'GIF8', 'RIFF0000WEB', 'II*', 'B']) {
      expect(sniffPicture(latin(start))).toBeNull()
    }
  })
})

describe('foreignType', () => {
  it.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['SVG', '\xef\xbb\xbf \n<?xml version="1.0"?>\n<!-- a drawing --><svg/>'],
    ['SVG', '<!DOCTYPE SVG PUBLIC "-//W3C//DTD SVG 1.1//EN"><SVG/>'],
    ['HTML', '<!doctype html><p>'],
    ['XML', '<?xml version="1.0"?><feed/>'],
    ['PDF', '%PDF-1.7'],
    ['HEIC or AVIF', '\0\0\0\x20ftypheic'],
    ['JPEG XL', '\xff\x0a'],
    ['ZIP', 'PK\x03\x04'],
    ['gzip', '\x1f\x8b']
  ])('names %s', (type, start) => {
    expect(foreignType(latin(start))).toBe(type)
  })

  it('does not name what it does not know', () => {
    expect(foreignType(latin('hello <svg'))).toBeNull()
    expect(foreignType(new Uint8Array())).toBeNull()
    expect(foreignType(new Uint8Array(2000))).toBeNull()
  })
})

describe('acceptedFormat', () => {
  it('refuses a known foreign type by its name, and the unknown as unreadable', () => {
    expect(() => acceptedFormat(latin('<svg/>'))).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_MEDIA_TYPE', message: expect.stringContaining('SVG') })
    )
    expect(() => acceptedFormat(latin('hello'))).toThrow(expect.objectContaining({ code: 'IMAGE_UNREADABLE' }))
    expect(() => acceptedFormat(new Uint8Array())).toThrow(expect.objectContaining({ code: 'IMAGE_UNREADABLE' }))
  })
})
