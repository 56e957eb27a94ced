import { checkPixels, PictureError, type Picture } from './picture.ts'

/**
 * Decodes BMP: 1, 4 and 8 bit with a palette, 16 and 32 bit with or without bit fields, 24 bit; bottom-up and top-down.
 * Compressed ones (RLE, JPEG and PNG inside) are refused. Layout: Microsoft's BITMAPFILEHEADER and BITMAPINFOHEADER.
 * @throws PictureError
 */
export function decodeBmp(bytes: Uint8Array, pixelLimit: number): Picture {
  const header = readHeader(bytes)
  checkPixels(header.width, header.height, pixelLimit)
  const stride = Math.ceil((header.width * header.bits) / 32) * 4
  if (header.pixels + stride * header.height > bytes.length) throw unreadable('it is truncated')
  const data = new Uint8Array(header.width * header.height * 3)
  const row =
    header.bits <= 8 ? paletteRow(bytes, header) : header.bits === 24 ? rgbRow(bytes, header) : maskRow(bytes, header)
  for (let y = 0; y < header.height; y++) {
    const line = header.topDown ? y : header.height - 1 - y
    row(data, y * header.width * 3, header.pixels + line * stride)
  }
  return { width: header.width, height: header.height, data }
}

interface Header {
  width: number
  height: number
  topDown: boolean
  bits: number
  pixels: number
  palette: { at: number; entrySize: 3 | 4; entries: number }
  masks: [number, number, number]
}

/** Writes one row as RGB at `to`, read from `from`. */
type RowReader = (data: Uint8Array, to: number, from: number) => void

function unreadable(why: string): PictureError {
  return new PictureError('IMAGE_UNREADABLE', `the bmp image cannot be decoded: ${why}`)
}

function readHeader(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 26) throw unreadable('it is truncated')
  const size = view.getUint32(14, true)
  if (size === 12) return readCoreHeader(view)
  if (size < 40 || bytes.length < 14 + size) throw unreadable(`its header has ${size} bytes`)
  const compression = view.getUint32(30, true)
  if (compression !== 0 && compression !== 3 && compression !== 6)
    throw unreadable(`compression ${compression} is not supported`)
  const bits = view.getUint16(28, true)
  const height = view.getInt32(22, true)
  const masksAt = 14 + 40
  const masked = compression !== 0
  if (masked && bytes.length < masksAt + 12) throw unreadable('it is truncated')
  return checked({
    width: view.getInt32(18, true),
    height: Math.abs(height),
    topDown: height < 0,
    bits,
    pixels: view.getUint32(10, true),
    palette: {
      at: 14 + size,
      entrySize: 4,
      entries: Math.min(view.getUint32(46, true) || 1 << Math.min(bits, 8), 256)
    },
    masks: masked
      ? ([0, 4, 8].map((offset) => view.getUint32(masksAt + offset, true)) as [number, number, number])
      : defaultMasks(bits)
  })
}

/** The header of OS/2 1.x. */
function readCoreHeader(view: DataView): Header {
  const bits = view.getUint16(24, true)
  return checked({
    width: view.getUint16(18, true),
    height: view.getUint16(20, true),
    topDown: false,
    bits,
    pixels: view.getUint32(10, true),
    palette: { at: 26, entrySize: 3, entries: 1 << Math.min(bits, 8) },
    masks: defaultMasks(bits)
  })
}

function defaultMasks(bits: number): [number, number, number] {
  return bits === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0x00ff00, 0x0000ff]
}

function checked(header: Header): Header {
  if (header.width <= 0 || header.height <= 0) throw unreadable(`its size is ${header.width} × ${header.height}`)
  if (![1, 4, 8, 16, 24, 32].includes(header.bits)) throw unreadable(`${header.bits} bits a pixel are not supported`)
  return header
}

function paletteRow(bytes: Uint8Array, { width, bits, palette }: Header): RowReader {
  const { at, entrySize, entries } = palette
  if (at + entries * entrySize > bytes.length) throw unreadable('its palette is truncated')
  const mask = (1 << bits) - 1
  return (data, to, from) => {
    for (let x = 0; x < width; x++) {
      const bit = x * bits
      const index = ((bytes[from + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & mask
      if (index >= entries) throw unreadable(`colour ${index} is not in its palette`)
      const entry = at + index * entrySize
      data[to + 3 * x] = bytes[entry + 2] ?? 0
      data[to + 3 * x + 1] = bytes[entry + 1] ?? 0
      data[to + 3 * x + 2] = bytes[entry] ?? 0
    }
  }
}

function rgbRow(bytes: Uint8Array, { width }: Header): RowReader {
  return (data, to, from) => {
    for (let at = 0; at < width * 3; at += 3) {
      data[to + at] = bytes[from + at + 2] ?? 0
      data[to + at + 1] = bytes[from + at + 1] ?? 0
      data[to + at + 2] = bytes[from + at] ?? 0
    }
  }
}

/** 16 and 32 bit: each channel is scaled from its mask's width to 8 bits. */
function maskRow(bytes: Uint8Array, { width, bits, masks }: Header): RowReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const channels = masks.map(channelOf)
  const step = bits / 8
  return (data, to, from) => {
    for (let x = 0; x < width; x++) {
      const pixel = bits === 16 ? view.getUint16(from + x * step, true) : view.getUint32(from + x * step, true)
      for (let c = 0; c < 3; c++) data[to + 3 * x + c] = channels[c]?.(pixel) ?? 0
    }
  }
}

function channelOf(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0
  const shift = 31 - Math.clz32(mask & -mask)
  const most = mask >>> shift
  return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / most)
}
