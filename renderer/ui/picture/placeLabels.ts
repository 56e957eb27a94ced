import { shared, within, type Rect } from './rect.ts'
import { createTaken, type Taken } from './takenPlaces.ts'

/** What wants a label: where it is drawn in px of the screen, and how wide its name and its short form are. */
export interface Labelled {
  rect: Rect
  fullWidth: number
  shortWidth: number
}

export interface PlacedLabel extends Rect {
  short: boolean
  /** Which of the places around its mark it has. */
  spot: number
  /** It stands so far off that a line joins it to its mark. */
  apart: boolean
}

export const labelHeight = 18

/**
 * Places labels so that none covers another and none leaves the area: around their marks in full where there is room,
 * else shortened, else shortened and a bit further off. One has none (null) only where its mark is out of sight or no
 * such place is free. Earlier entries choose first, but whoever had a place keeps it while it is free.
 * @param before What was placed last for the same entries at the same scale.
 */
export function placeLabels(
  entries: readonly Labelled[],
  area: Rect,
  before: readonly (PlacedLabel | null)[] = []
): (PlacedLabel | null)[] {
  const taken = createTaken()
  const kept = entries.map((entry, at) => {
    const last = before[at]
    const seen = last && shared(entry.rect, area)
    if (!seen) return null
    const place = placeAt(entry, seen, last.spot, last.short)
    return fits(place, area, taken) ? keep(taken, same(place, last) ? last : place) : null
  })
  return entries.map((entry, at) => kept[at] ?? find(entry, area, taken))
}

/** Where a label stands while its mark is lifted, whatever else is there: in full, else shortened. */
export function placeLifted(entry: Labelled, area: Rect): PlacedLabel | null {
  return find(entry, area, createTaken())
}

function find(entry: Labelled, area: Rect, taken: Taken): PlacedLabel | null {
  const seen = shared(entry.rect, area)
  if (!seen) return null
  for (const [short, spots] of attempts) {
    for (const spot of spots) {
      const place = placeAt(entry, seen, spot, short)
      if (fits(place, area, taken)) return keep(taken, place)
    }
  }
  return null
}

/** A mark, what is seen of it, and how wide its label is. */
interface Around {
  left: number
  top: number
  right: number
  bottom: number
  seen: Rect
  width: number
}

/** How far off its mark a label goes at most. */
const off = 20

const above = ({ top }: Around) => top - labelHeight - 1
const below = ({ bottom }: Around) => bottom + 1
const level = ({ top, bottom }: Around) => (top + bottom - labelHeight) / 2
const centred = ({ left, right, width }: Around) => (left + right - width) / 2
const seenRight = ({ seen, width }: Around) => seen.x + seen.width - width - 1
const seenBottom = ({ seen }: Around) => seen.y + seen.height - labelHeight - 1

/** A label's top left at each place: along its mark's sides, then within what is seen of it. */
const nearSpots: ((mark: Around) => [x: number, y: number])[] = [
  (mark) => [mark.left, above(mark)],
  (mark) => [mark.right - mark.width, above(mark)],
  (mark) => [mark.left, below(mark)],
  (mark) => [mark.right - mark.width, below(mark)],
  (mark) => [mark.right + 2, mark.top],
  (mark) => [mark.left - mark.width - 2, mark.top],
  (mark) => [mark.right + 2, mark.bottom - labelHeight],
  (mark) => [mark.left - mark.width - 2, mark.bottom - labelHeight],
  (mark) => [centred(mark), above(mark)],
  (mark) => [centred(mark), below(mark)],
  (mark) => [mark.seen.x + 1, mark.seen.y + 1],
  (mark) => [seenRight(mark), mark.seen.y + 1],
  (mark) => [mark.seen.x + 1, seenBottom(mark)],
  (mark) => [seenRight(mark), seenBottom(mark)]
]

/** Off its mark's sides and corners. */
const farSpots: typeof nearSpots = [
  (mark) => [centred(mark), above(mark) - off],
  (mark) => [centred(mark), below(mark) + off],
  (mark) => [mark.right + off, level(mark)],
  (mark) => [mark.left - mark.width - off, level(mark)],
  (mark) => [mark.right + off, above(mark)],
  (mark) => [mark.left - mark.width - off, above(mark)],
  (mark) => [mark.right + off, below(mark)],
  (mark) => [mark.left - mark.width - off, below(mark)]
]

const spots = [...nearSpots, ...farSpots]
const near = nearSpots.map((_, spot) => spot)
const far = farSpots.map((_, at) => nearSpots.length + at)
const attempts: [short: boolean, spots: number[]][] = [
  [false, near],
  [true, near],
  [true, far]
]

function placeAt({ rect, ...widths }: Labelled, seen: Rect, spot: number, short: boolean): PlacedLabel {
  const width = short ? widths.shortWidth : widths.fullWidth
  const { x: left, y: top } = rect
  const mark = { left, top, right: left + rect.width, bottom: top + rect.height, seen, width }
  const [x, y] = spots[spot]?.(mark) ?? [left, top]
  return { x, y, width, height: labelHeight, short, spot, apart: spot >= nearSpots.length }
}

function fits(place: Rect, area: Rect, taken: Taken) {
  return within(place, area) && taken.isFree(place)
}

function keep(taken: Taken, place: PlacedLabel) {
  taken.add(place)
  return place
}

const same = (a: PlacedLabel, b: PlacedLabel) => a.x === b.x && a.y === b.y && a.width === b.width
