import { readFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'

/** Small pictures of every accepted format and kind, to be mutated. */
export async function seedPictures(): Promise<Buffer[]> {
  const encodings = kinds.map((encode) => encode(drawn()).toBuffer())
  const bmp = readFile(new URL('../fixtures/parity/pictures/grey-360x270.bmp', import.meta.url))
  return [...(await Promise.all(encodings)), bitmap(24), bitmap(8), bitmap(32), await bmp]
}

const kinds: ((picture: Sharp) => Sharp)[] = [
  (picture) => picture.jpeg({ quality: 80 }),
  (picture) => picture.jpeg({ progressive: true, chromaSubsampling: '4:4:4' }),
  (picture) =>
    picture
      .withExif({ IFD0: { Copyright: 'none', ImageDescription: 'a picture' } })
      .withMetadata({ orientation: 6 })
      .jpeg(),
  (picture) => picture.toColourspace('cmyk').jpeg(),
  (picture) => picture.greyscale().jpeg(),
  (picture) => picture.png(),
  (picture) => picture.png({ progressive: true }),
  (picture) => picture.png({ palette: true, colours: 16 }),
  (picture) => picture.toColourspace('rgb16').png(),
  (picture) => picture.ensureAlpha(0.5).withIccProfile('p3').png(),
  (picture) => picture.webp({ quality: 70 }),
  (picture) => picture.webp({ lossless: true }),
  (picture) => picture.ensureAlpha(0.5).webp(),
  (picture) => picture.tiff({ compression: 'none' }),
  (picture) => picture.tiff({ compression: 'lzw', predictor: 'horizontal' }),
  (picture) => picture.tiff({ compression: 'jpeg' }),
  (picture) => picture.tiff({ compression: 'deflate', tile: true, tileWidth: 16, tileHeight: 16, pyramid: true }),
  (picture) => picture.toColourspace('rgb16').tiff({ compression: 'packbits' }),
  (picture) => picture.toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1 }),
  (picture) => picture.gif({ colours: 32 })
]

/** 48 × 40 px of soft colours with an edge. */
function drawn(): Sharp {
  const [width, height] = [48, 40]
  const data = Buffer.from(
    Array.from({ length: width * height * 3 }, (_, at) => (at % (width * 3) > 70 ? at % 251 : (at * at) % 97))
  )
  return sharp(data, { raw: { width, height, channels: 3 } })
}

/** BITMAPFILEHEADER and BITMAPINFOHEADER, with a palette of greys where there are 8 bits. */
function bitmap(bits: 8 | 24 | 32): Buffer {
  const [width, height] = [21, 17]
  const stride = Math.ceil((width * bits) / 32) * 4
  const palette =
    bits === 8 ? Buffer.from(Array.from({ length: 1024 }, (_, at) => (at % 4 === 3 ? 0 : at >> 2))) : Buffer.alloc(0)
  const header = Buffer.alloc(54)
  header.write('BM', 'latin1')
  header.writeUInt32LE(54 + palette.length + stride * height, 2)
  header.writeUInt32LE(54 + palette.length, 10)
  header.writeUInt32LE(40, 14)
  header.writeInt32LE(width, 18)
  header.writeInt32LE(height, 22)
  header.writeUInt16LE(1, 26)
  header.writeUInt16LE(bits, 28)
  const pixels = Buffer.from(Array.from({ length: stride * height }, (_, at) => (at * 7) % 256))
  return Buffer.concat([header, palette, pixels])
}
