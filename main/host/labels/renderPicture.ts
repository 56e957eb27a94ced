import { readFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { decodePicture } from '../../base/picture/decode.ts'
import { PictureError } from '../../base/picture/picture.ts'
import { Refusal } from '../refusal.ts'

/** A picture's file, or its bytes, and its format as told by its first bytes. */
export interface PictureSource {
  source: string | Uint8Array
  format: string
}

/**
 * Makes something to look at of a picture that came from outside, upright and without alpha. sharp's own way shrinks
 * while it reads; where that refuses a damaged picture that the engine took, it is decoded as the engine does.
 * @throws Refusal IMAGE_UNREADABLE
 */
export async function renderPicture<T>(
  { source, format }: PictureSource,
  pixelLimit: number,
  write: (picture: Sharp) => Promise<T>
): Promise<T> {
  // sharp reads no BMP.
  if (format === 'bmp') return write(await decoded(source, pixelLimit))
  try {
    return await write(sharp(source, { limitInputPixels: pixelLimit }).autoOrient().removeAlpha())
  } catch {
    return write(await decoded(source, pixelLimit))
  }
}

/** As browsers show it; JPEG has no larger sides. */
export function forBrowsers(picture: Sharp): Sharp {
  const largest = { width: 65_500, height: 65_500, fit: 'inside', withoutEnlargement: true } as const
  return picture.resize(largest).jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
}

async function decoded(source: string | Uint8Array, pixelLimit: number): Promise<Sharp> {
  const bytes = typeof source === 'string' ? await readFile(source) : source
  try {
    const { width, height, data } = await decodePicture(bytes, pixelLimit)
    return sharp(data, { limitInputPixels: pixelLimit, raw: { width, height, channels: 3 } })
  } catch (error) {
    throw error instanceof PictureError ? new Refusal('IMAGE_UNREADABLE', error.message) : error
  }
}
