import fc from 'fast-check'
import type { PixelMask } from '../../../main/engine/geometry/pixelMask.ts'
import type { Runs } from '../../../main/engine/geometry/runs.ts'

/** Masks for tests. */

/** Any mask of at most 14 × 14 px, from sparse to dense, somewhere in an image of 20 × 20. */
export const anyMask: fc.Arbitrary<PixelMask> = fc
  .record({
    width: fc.integer({ min: 1, max: 14 }),
    height: fc.integer({ min: 1, max: 14 }),
    left: fc.integer({ min: 0, max: 6 }),
    top: fc.integer({ min: 0, max: 6 }),
    density: fc.constantFrom(0.1, 0.4, 0.5, 0.6, 0.9)
  })
  .chain(({ density, ...part }) =>
    fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: part.width * part.height,
        maxLength: part.width * part.height
      })
      .map((values) => {
        const set = values.map((value) => value < density)
        return { ...part, runs: runsOf(set, part.width) }
      })
  )

/** A mask drawn as text, `#` where set. */
export function drawn(rows: readonly string[], left = 0, top = 0): PixelMask {
  const width = rows[0]?.length ?? 0
  return {
    left,
    top,
    width,
    height: rows.length,
    runs: runsOf(
      Array.from(rows.join(''), (char) => char === '#'),
      width
    )
  }
}

/** Where pixels begin and end to be set, row by row. @param set A row after the other. */
export function runsOf(set: readonly boolean[], width: number): Runs {
  const isSet = (row: number, x: number) => x >= 0 && x < width && set[row * width + x] === true
  const ends = (row: number, start: number) => {
    let end = start
    while (isSet(row, end)) end++
    return end
  }
  const starts = set.flatMap((_, at) => {
    const [row, x] = [Math.floor(at / width), at % width]
    return isSet(row, x) && !isSet(row, x - 1) ? [[row, x, ends(row, x)]] : []
  })
  return Int32Array.from(starts.flat())
}

/** The set pixels as `x,y` of the image. */
export function pixelsOf({ left, top, runs }: Omit<PixelMask, 'width' | 'height'>): Set<string> {
  const set = new Set<string>()
  for (let at = 0; at < runs.length; at += 3) {
    for (let x = runs[at + 1]!; x < runs[at + 2]!; x++) set.add(`${left + x},${top + runs[at]!}`)
  }
  return set
}
