import type { Rle, Size } from '../../contract/geometry.ts'
import type { PixelMask } from './pixelMask.ts'
import { RunList, type Runs } from './runs.ts'

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
 * The mask over the whole image: row by row, 1 where set, 0 elsewhere.
 * @throws RangeError where the counts are cut off or do not fill the image
 */
export function decodeRle({ size: [height, width], counts }: Rle): Size & { data: Uint8Array } {
  const data = new Uint8Array(width * height)
  let position = 0
  decompress(counts).forEach((length, at) => {
    const end = position + length
    if (length < 0 || end > data.length) throw wrongCounts(end, data.length)
    if (at % 2 === 1) for (let px = position; px < end; px++) data[(px % height) * width + Math.floor(px / height)] = 1
    position = end
  })
  if (position !== data.length) throw wrongCounts(position, data.length)
  return { width, height, data }
}

function wrongCounts(given: number, expected: number): RangeError {
  return new RangeError(`the RLE's counts lead to pixel ${given} of an image of ${expected}; size or counts are wrong`)
}

/** Lengths of runs down the columns, one after the other: between the places where the pixel above differs. */
function runLengths(mask: PixelMask, image: Size): number[] {
  const pixels = image.width * image.height
  const lengths: number[] = []
  let begun = 0
  const changes = changesOf(mask, image.height)
  for (let at = 0; at < changes.length; at++) {
    const change = changes[at] ?? 0
    // A run down to the image's bottom goes on where the next column is set from the top.
    if (change === changes[at + 1]) at++
    else if (change < pixels) {
      lengths.push(change - begun)
      begun = change
    }
  }
  lengths.push(pixels - begun)
  return lengths
}

/** Where set and unset meet down a column: places counted in column-major order, in that order. */
function changesOf(mask: PixelMask, imageHeight: number): Int32Array {
  const edges = horizontalEdges(mask)
  const next = firstOfColumns(edges, mask.width)
  const changes = new Int32Array(next[mask.width] ?? 0)
  for (let at = 0; at < edges.length; at += 3) {
    const [row = 0, from = 0, to = 0] = [edges[at], edges[at + 1], edges[at + 2]]
    for (let x = from; x < to; x++) {
      const place = next[x] ?? 0
      changes[place] = (mask.left + x) * imageHeight + mask.top + row
      next[x] = place + 1
    }
  }
  return changes
}

/** For each column how many changes those before it have. */
function firstOfColumns(edges: Runs, width: number): Int32Array {
  const first = new Int32Array(width + 1)
  for (let at = 0; at < edges.length; at += 3) {
    for (let x = edges[at + 1] ?? 0; x < (edges[at + 2] ?? 0); x++) first[x + 1] = (first[x + 1] ?? 0) + 1
  }
  for (let x = 0; x < width; x++) first[x + 1] = (first[x + 1] ?? 0) + (first[x] ?? 0)
  return first
}

/** Where a row differs from the one above it, also below the last. */
function horizontalEdges(mask: PixelMask): Runs {
  const { runs } = mask
  const edges = new RunList()
  let [above, here] = [0, 0]
  for (let row = 0; row <= mask.height; row++) {
    let next = here
    while (runs[next] === row) next += 3
    addDifference(edges, runs, row, above, here, next)
    above = here
    here = next
  }
  return edges.runs()
}

/**
 * Adds what only one of two rows has set: the ends of both rows' runs in order, without those that they share, bound it.
 * @param above Where the upper row's runs begin; the lower row's are those from `here` to before `next`.
 */
function addDifference(edges: RunList, runs: Runs, row: number, above: number, here: number, next: number): void {
  let upper = above + 1
  let lower = here + 1
  let open = -1
  while (upper < here || lower < next) {
    const a = upper < here ? (runs[upper] ?? 0) : Infinity
    const b = lower < next ? (runs[lower] ?? 0) : Infinity
    if (a <= b) upper = nextBound(upper)
    if (b <= a) lower = nextBound(lower)
    if (a === b) continue
    if (open >= 0) edges.push(row, open, Math.min(a, b))
    open = open >= 0 ? -1 : Math.min(a, b)
  }
}

/** From a run's start to its end, from there to the next run's start. */
function nextBound(at: number): number {
  return at % 3 === 1 ? at + 1 : at + 2
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
