/** What a hand-made BMP holds. */
export interface BmpParts {
  width: number
  /** Negative where rows go from the top. */
  height: number
  bits: number
  compression?: number
  /** Colours as blue, green, red, 0. */
  palette?: number[][]
  masks?: [number, number, number]
  /** Each row's bytes, padded here to a multiple of four; in the file's order. */
  rows: number[][]
}

/** A BMP with BITMAPINFOHEADER, laid out by Microsoft's description. */
export function bmpFile({ width, height, bits, compression = 0, palette = [], masks, rows }: BmpParts): Buffer {
  const header = Buffer.alloc(54)
  const extra = Buffer.concat([maskBytes(masks), Buffer.from(palette.flat())])
  const pixels = Buffer.concat(
    rows.map((row) => Buffer.from([...row, ...Array<number>((4 - (row.length % 4)) % 4).fill(0)]))
  )
  header.write('BM', 'latin1')
  header.writeUInt32LE(54 + extra.length + pixels.length, 2)
  header.writeUInt32LE(54 + extra.length, 10)
  header.writeUInt32LE(40, 14)
  header.writeInt32LE(width, 18)
  header.writeInt32LE(height, 22)
  header.writeUInt16LE(1, 26)
  header.writeUInt16LE(bits, 28)
  header.writeUInt32LE(compression, 30)
  header.writeUInt32LE(palette.length, 46)
  return Buffer.concat([header, extra, pixels])
}

function maskBytes(masks: BmpParts['masks']): Buffer {
  const bytes = Buffer.alloc(masks ? 12 : 0)
  masks?.forEach((mask, at) => bytes.writeUInt32LE(mask, at * 4))
  return bytes
}
