import sharp from 'sharp'
import { decodeBmp } from './bmp.ts'
import { checkPixels, PictureError, type Picture } from './picture.ts'
import { foreignType, sniffPicture, type PictureFormat } from './sniff.ts'

// A second wall behind the first bytes' test: libvips has loaders that start other programs or read scripts.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Tiff', 'Nsgif'].map((format) => `VipsForeignLoad${format}`)
})

/**
 * Decodes a picture to 8-bit RGB as training frameworks read it: EXIF orientation applied, first page or frame,
 * alpha dropped without blending, embedded colour profiles not applied (but for CMYK), 16 bit to 8 by shifting,
 * at full size (a decoder's shrinking on load would change pixels).
 * @param pixelLimit Larger pictures are refused by their header, before anything is decoded.
 * @throws PictureError
 */
export async function decodePicture(bytes: Uint8Array, pixelLimit: number): Promise<Picture> {
  const format = acceptedFormat(bytes)
  return format === 'bmp' ? decodeBmp(bytes, pixelLimit) : decodeWithSharp(bytes, format, pixelLimit)
}

/**
 * Tells the format by the first bytes; nothing else may reach a decoder.
 * @throws PictureError
 */
export function acceptedFormat(bytes: Uint8Array): PictureFormat {
  const format = sniffPicture(bytes)
  if (format) return format
  const type = foreignType(bytes)
  const formats = 'send JPEG, PNG, WebP, BMP, TIFF or GIF'
  if (type) throw new PictureError('UNSUPPORTED_MEDIA_TYPE', `the image is ${type}, which is not accepted; ${formats}`)
  throw new PictureError('IMAGE_UNREADABLE', `the first bytes are not those of an image that is accepted; ${formats}`)
}

async function decodeWithSharp(bytes: Uint8Array, format: PictureFormat, pixelLimit: number): Promise<Picture> {
  try {
    const header = await sharp(bytes, { failOn: 'error', limitInputPixels: false }).metadata()
    checkPixels(header.width, header.height, pixelLimit)
    const { data, info } = await sharp(bytes, {
      failOn: 'error',
      limitInputPixels: false,
      ignoreIcc: header.space !== 'cmyk',
      autoOrient: true
    })
      .removeAlpha()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return { width: info.width, height: info.height, data: asRgb(data, info.channels) }
  } catch (error) {
    if (error instanceof PictureError) throw error
    throw new PictureError('IMAGE_UNREADABLE', `the ${format} image cannot be decoded: ${messageOf(error)}`)
  }
}

/** Spreads one grey channel over three. */
function asRgb(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return data
  const pixels = data.length / channels
  const rgb = new Uint8Array(pixels * 3)
  for (let at = 0; at < pixels; at++) rgb.fill(data[at * channels] ?? 0, at * 3, at * 3 + 3)
  return rgb
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replaceAll('\n', ' ').slice(0, 300) : String(error)
}
