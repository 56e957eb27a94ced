import type { PixelMask } from './pixelMask.ts'

/** The class map's value where nothing is known of a pixel, or where it is not asked for. */
export const noClass = 0xffff

/** A class of each pixel, row after row; `noClass` belongs to no region. */
export interface ClassMap {
  width: number
  height: number
  data: Uint16Array
}

/** An 8-connected region of one class; the ends of its box are not in it. */
export interface Region {
  classIndex: number
  area: number
  left: number
  top: number
  right: number
  bottom: number
  /** Its pixels: row, start and end (not in it) of each run, three numbers after each other, in reading order. */
  runs: Int32Array
}

/** Runs of equal pixels; `parent` is a run of the same region that came earlier, or the run itself. */
interface Runs {
  length: number
  row: Int32Array
  start: Int32Array
  end: Int32Array
  classIndex: Uint16Array
  parent: Int32Array
}

/**
 * The 8-connected regions of each class, in reading order of their first pixels: union-find over runs, one pass over the
 * pixels. Areas of a class's regions sum to its pixels.
 */
export function components(map: ClassMap): Region[] {
  const runs = runsOf(map)
  joinRows(runs)
  return collect(runs)
}

/** The region's pixels within its box. */
export function regionMask({ left, top, right, bottom, runs }: Region): PixelMask {
  const [width, height] = [right - left, bottom - top]
  const data = new Uint8Array(width * height)
  for (let at = 0; at < runs.length; at += 3) {
    const line = ((runs[at] ?? 0) - top) * width - left
    data.fill(1, line + (runs[at + 1] ?? 0), line + (runs[at + 2] ?? 0))
  }
  return { left, top, width, height, data }
}

function runsOf({ width, height, data }: ClassMap): Runs {
  let runs = newRuns(4096)
  for (let y = 0, line = 0; y < height; y++, line += width) {
    for (let start = 0; start < width;) {
      const classIndex = data[line + start] ?? noClass
      let end = start + 1
      while (end < width && data[line + end] === classIndex) end++
      if (classIndex !== noClass) {
        if (runs.length === runs.row.length) runs = grown(runs)
        add(runs, y, start, end, classIndex)
      }
      start = end
    }
  }
  return runs
}

function add(runs: Runs, row: number, start: number, end: number, classIndex: number): void {
  const at = runs.length++
  runs.row[at] = row
  runs.start[at] = start
  runs.end[at] = end
  runs.classIndex[at] = classIndex
  runs.parent[at] = at
}

function newRuns(capacity: number): Runs {
  return {
    length: 0,
    row: new Int32Array(capacity),
    start: new Int32Array(capacity),
    end: new Int32Array(capacity),
    classIndex: new Uint16Array(capacity),
    parent: new Int32Array(capacity)
  }
}

function grown(runs: Runs): Runs {
  const larger = newRuns(runs.length * 2)
  for (const key of ['row', 'start', 'end', 'classIndex', 'parent'] as const) larger[key].set(runs[key])
  larger.length = runs.length
  return larger
}

/** Joins each run with those of its class that it touches in the row above, corners included. */
function joinRows(runs: Runs): void {
  const { length, row, start, end, classIndex, parent } = runs
  let above = 0
  for (let at = 0; at < length; at++) {
    const [y = 0, from = 0, to = 0] = [row[at], start[at], end[at]]
    while (above < at && ((row[above] ?? 0) < y - 1 || ((row[above] ?? 0) === y - 1 && (end[above] ?? 0) < from)))
      above++
    for (let other = above; other < at && row[other] === y - 1 && (start[other] ?? 0) <= to; other++) {
      if (classIndex[other] === classIndex[at]) join(parent, other, at)
    }
  }
}

function join(parent: Int32Array, a: number, b: number): void {
  const [rootA, rootB] = [rootOf(parent, a), rootOf(parent, b)]
  parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB)
}

/** The first run of a run's region; the way there is halved for the next time. */
function rootOf(parent: Int32Array, run: number): number {
  let at = run
  while (parent[at] !== at) {
    const next = parent[parent[at] ?? 0] ?? 0
    parent[at] = next
    at = next
  }
  return at
}

function collect(runs: Runs): Region[] {
  const roots: number[] = []
  const counts = new Int32Array(runs.length)
  for (let at = 0; at < runs.length; at++) {
    const root = rootOf(runs.parent, at)
    if (root === at) roots.push(at)
    counts[root] = (counts[root] ?? 0) + 1
  }
  const regions = new Map(roots.map((root) => [root, emptyRegion(runs, root, counts[root] ?? 0)]))
  const filled = counts.fill(0)
  for (let at = 0; at < runs.length; at++) {
    const root = rootOf(runs.parent, at)
    const region = regions.get(root)
    if (region) addRun(region, (filled[root] ?? 0) * 3, runs, at)
    filled[root] = (filled[root] ?? 0) + 1
  }
  return [...regions.values()]
}

function emptyRegion({ classIndex, row }: Runs, root: number, runCount: number): Region {
  const edges = { left: Infinity, top: row[root] ?? 0, right: 0, bottom: 0 }
  return { classIndex: classIndex[root] ?? 0, area: 0, ...edges, runs: new Int32Array(runCount * 3) }
}

function addRun(region: Region, place: number, { row, start, end }: Runs, at: number): void {
  const [y = 0, from = 0, to = 0] = [row[at], start[at], end[at]]
  region.runs[place] = y
  region.runs[place + 1] = from
  region.runs[place + 2] = to
  region.area += to - from
  if (from < region.left) region.left = from
  if (to > region.right) region.right = to
  region.bottom = y + 1
}
