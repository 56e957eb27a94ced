/** A rectangle in px of the screen. */
export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

/** What wants a label: where it is drawn, and how wide its name and its short form are. */
export interface Labelled {
  rect: Rect
  fullWidth: number
  shortWidth: number
}

export interface PlacedLabel extends Rect {
  short: boolean
}

export const labelHeight = 18

/**
 * Places labels so that none covers another: above, below or inside their boxes, in full where there is room,
 * else shortened, else not at all (null). Earlier entries choose first.
 */
export function placeLabels(entries: readonly Labelled[], bounds: Rect): (PlacedLabel | null)[] {
  const taken: Rect[] = []
  return entries.map((entry) => {
    const place = findPlace(entry, bounds, taken)
    if (place) taken.push(place)
    return place
  })
}

function findPlace(entry: Labelled, bounds: Rect, taken: readonly Rect[]): PlacedLabel | null {
  for (const short of [false, true]) {
    const width = short ? entry.shortWidth : entry.fullWidth
    for (const spot of spotsOf(entry.rect, width)) {
      const place = { ...spot, width, height: labelHeight }
      if (within(place, bounds) && !taken.some((other) => overlap(place, other))) return { ...place, short }
    }
  }
  return null
}

function spotsOf(rect: Rect, width: number) {
  const left = rect.x
  const right = rect.x + rect.width - width
  const above = rect.y - labelHeight - 1
  const below = rect.y + rect.height + 1
  return [
    { x: left, y: above },
    { x: right, y: above },
    { x: left, y: below },
    { x: right, y: below },
    { x: rect.x + rect.width + 2, y: rect.y },
    { x: rect.x - width - 2, y: rect.y },
    { x: left, y: rect.y + 1 }
  ]
}

const within = (place: Rect, bounds: Rect) =>
  place.x >= bounds.x &&
  place.y >= bounds.y &&
  place.x + place.width <= bounds.x + bounds.width &&
  place.y + place.height <= bounds.y + bounds.height

const overlap = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
