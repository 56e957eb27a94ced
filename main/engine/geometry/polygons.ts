import type { Polygon } from '../../contract/geometry.ts'
import type { PixelMask } from './pixelMask.ts'
import { regionsOf } from './runs.ts'

/**
 * A mask's outlines along pixel edges, in px of the original image: one polygon for each 8-connected region, with its
 * holes, which are 4-connected. The area within `outer` less that of the holes is exactly the count of the region's
 * pixels. Each loop keeps the set pixels at its right hand, so outlines run clockwise as the image is seen and holes
 * the other way; where pixels meet at a corner only, the loop passes it twice. Only corners are listed.
 */
export function polygonsOf(mask: PixelMask): Polygon[] {
  const tracer = new Tracer(mask)
  const { runs } = mask
  const regions = regionsOf(runs)
  const polygons = new Map<number, Polygon>()
  const holes: { region: number; loop: number[] }[] = []
  regions.forEach((region, run) => {
    const [row = 0, start = 0, end = 0] = [runs[run * 3], runs[run * 3 + 1], runs[run * 3 + 2]]
    // Of a loop that was not met yet, an outline is met at its left first and a hole at its right.
    if (tracer.isNew(start, row, leftSeen)) polygons.set(region, { outer: tracer.outline(start, row), holes: [] })
    if (tracer.isNew(end - 1, row, rightSeen)) holes.push({ region, loop: tracer.hole(end - 1, row) })
  })
  for (const { region, loop } of holes) polygons.get(region)?.holes.push(loop)
  return [...polygons.values()]
}

const isSet = 1
/** The loop along the pixel's left edge is traced; so with its right edge. */
const leftSeen = 2
const rightSeen = 4

/** Directions in clockwise order. */
const up = 0
const down = 2
const stepX = [0, 1, 0, -1]
const stepY = [-1, 0, 1, 0]

/** Follows the edges between set and unset pixels. */
class Tracer {
  readonly #left: number
  readonly #top: number
  readonly #stride: number
  /** The mask with a border of unset pixels, and which vertical edges were seen. */
  readonly #cells: Uint8Array
  /** From the pixel at the lower right of a corner to the pixels ahead, at the left and the right hand. */
  readonly #aheadLeft: readonly number[]
  readonly #aheadRight: readonly number[]

  constructor({ left, top, width, height, runs }: PixelMask) {
    this.#left = left
    this.#top = top
    this.#stride = width + 2
    this.#cells = new Uint8Array(this.#stride * (height + 2))
    for (let at = 0; at < runs.length; at += 3) {
      const line = ((runs[at] ?? 0) + 1) * this.#stride + 1
      this.#cells.fill(isSet, line + (runs[at + 1] ?? 0), line + (runs[at + 2] ?? 0))
    }
    this.#aheadLeft = [-this.#stride - 1, -this.#stride, 0, -1]
    this.#aheadRight = [-this.#stride, 0, -1, -this.#stride - 1]
  }

  isNew(x: number, y: number, seen: number): boolean {
    return ((this.#cells[(y + 1) * this.#stride + x + 1] ?? 0) & seen) === 0
  }

  /** The loop along the left edge of pixel (x, y). */
  outline(x: number, y: number): number[] {
    return this.#trace(x, y + 1, up)
  }

  /** The loop along the right edge of pixel (x, y). */
  hole(x: number, y: number): number[] {
    return this.#trace(x + 1, y, down)
  }

  #trace(startX: number, startY: number, startDirection: number): number[] {
    const loop: number[] = []
    let [x, y, direction] = [startX, startY, startDirection]
    do {
      x += stepX[direction] ?? 0
      y += stepY[direction] ?? 0
      const cell = (y + 1) * this.#stride + x + 1
      this.#markSeen(cell, direction)
      const next = this.#turn(cell, direction)
      if (next !== direction) loop.push(x + this.#left, y + this.#top)
      direction = next
    } while (x !== startX || y !== startY || direction !== startDirection)
    return loop
  }

  /** @param cell The pixel at the lower right of the corner that an edge in this direction led to. */
  #markSeen(cell: number, direction: number): void {
    const pixel = direction === up ? cell : cell - this.#stride - 1
    if (direction === up) this.#cells[pixel] = (this.#cells[pixel] ?? 0) | leftSeen
    else if (direction === down) this.#cells[pixel] = (this.#cells[pixel] ?? 0) | rightSeen
  }

  /** To the left wherever that pixel is set, also over a corner: so set pixels are 8-connected. */
  #turn(cell: number, direction: number): number {
    if ((this.#cells[cell + (this.#aheadLeft[direction] ?? 0)] ?? 0) & isSet) return (direction + 3) % 4
    if ((this.#cells[cell + (this.#aheadRight[direction] ?? 0)] ?? 0) & isSet) return direction
    return (direction + 1) % 4
  }
}
