import { overlap, type Rect } from './rect.ts'

/** Places that are taken, found again by where they are, so that many do not slow each other down. */
export interface Taken {
  add(place: Rect): void
  isFree(place: Rect): boolean
}

/** About the size of a label. */
const cell = { width: 96, height: 24 }

export function createTaken(): Taken {
  const cells = new Map<number, Rect[]>()
  return {
    add(place) {
      for (const key of cellsOf(place)) {
        const there = cells.get(key)
        if (there) there.push(place)
        else cells.set(key, [place])
      }
    },
    isFree: (place) => cellsOf(place).every((key) => !cells.get(key)?.some((other) => overlap(place, other)))
  }
}

function cellsOf({ x, y, width, height }: Rect): number[] {
  const keys: number[] = []
  const lastRow = Math.floor((y + height) / cell.height)
  const lastColumn = Math.floor((x + width) / cell.width)
  for (let row = Math.floor(y / cell.height); row <= lastRow; row += 1) {
    for (let column = Math.floor(x / cell.width); column <= lastColumn; column += 1) keys.push(row * 100_003 + column)
  }
  return keys
}
