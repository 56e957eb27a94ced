import type { Rle, Size } from '../../contract/index.ts'
import type { PixelMask } from './pixelMask.ts'

/**
 * COCO's compressed run-length encoding, as pycocotools writes it: lengths of runs in column-major order, unset pixels
 * first; from the fourth on the difference to the length two before; each number in groups of five bits from the
 * lowest on, with a flag for more to come, as characters from `0` on. Source: common/maskApi.c of cocodataset/cocoapi.
 */

const firstCharacter = 48
const groupBits = 5
const groupMask = 31
const signBit = 16
const moreFlag = 32

/** @param image The size of the image that the mask's part lies in. */
export function encodeRle(mask: PixelMask, image: Size): Rle {
  return { size: [image.height, image.width], counts: compress(runLengths(mask, image)) }
}

/**
 * The mask over the whole image.
 * @throws RangeError where the counts are cut off or do not fill the image
 */
export function decodeRle({ size: [height, width], counts }: Rle): PixelMask {
  const data = new Uint8Array(width * height)
  let position = 0
  decompress(counts).forEach((length, at) => {
    const end = position + length
    if (length < 0 || end > data.length) throw wrongCounts(end, data.length)
    if (at % 2 === 1) for (let px = position; px < end; px++) data[(px % height) * width + Math.floor(px / height)] = 1
    position = end
  })
  if (position !== data.length) throw wrongCounts(position, data.length)
  return { left: 0, top: 0, width, height, data }
}

function wrongCounts(given: number, expected: number): RangeError {
  return new RangeError(`the RLE's counts lead to pixel ${given} of an image of ${expected}; size or counts are wrong`)
}

function runLengths({ left, top, width, height, data }: PixelMask, image: Size): number[] {
  const lengths: number[] = []
  const pixels = image.width * image.height
  let begun = 0
  let value = 0
  const change = (position: number) => {
    lengths.push(position - begun)
    begun = position
    value = 1 - value
  }
  for (let x = 0; x < width; x++) {
    const column = (left + x) * image.height + top
    for (let y = 0, at = x; y < height; y++, at += width) if (data[at] !== value) change(column + y)
    // Below the part nothing is set; only a part as high as the image goes on in the next column.
    if (value === 1 && height < image.height && column + height < pixels) change(column + height)
  }
  if (value === 1 && (left + width) * image.height < pixels) change((left + width) * image.height)
  lengths.push(pixels - begun)
  return lengths
}

function compress(lengths: readonly number[]): string {
  let text = ''
  lengths.forEach((length, at) => {
    let rest = at > 2 ? length - (lengths[at - 2] ?? 0) : length
    let more = true
    while (more) {
      const group = rest & groupMask
      rest >>= groupBits
      more = group & signBit ? rest !== -1 : rest !== 0
      text += String.fromCharCode(firstCharacter + (more ? group | moreFlag : group))
    }
  })
  return text
}

function decompress(counts: string): number[] {
  const lengths: number[] = []
  let number = 0
  let shift = 0
  for (let at = 0; at < counts.length; at++) {
    const group = counts.charCodeAt(at) - firstCharacter
    if (group < 0 || group > 63 || shift > 30) throw new RangeError(`the RLE has no number at character ${at}`)
    number |= (group & groupMask) << shift
    shift += groupBits
    if (group & moreFlag) continue
    if (group & signBit && shift < 32) number |= -1 << shift
    lengths.push(lengths.length > 2 ? number + (lengths[lengths.length - 2] ?? 0) : number)
    number = 0
    shift = 0
  }
  if (shift > 0) throw new RangeError('the RLE ends within a number')
  return lengths
}
