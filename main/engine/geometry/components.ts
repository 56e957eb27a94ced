import type { PixelMask } from './pixelMask.ts'
import { regionsOf, RunList, type Runs } from './runs.ts'

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
  /** Its pixels; in px of the map. */
  runs: Runs
}

/**
 * The 8-connected regions of each class, in reading order of their first pixels: union-find over runs, one pass over the
 * pixels. Areas of a class's regions sum to its pixels.
 */
export function components(map: ClassMap): Region[] {
  const runs = classRuns(map)
  const classes = new Uint16Array(runs.length / 3)
  for (let run = 0; run < classes.length; run++) {
    classes[run] = map.data[(runs[run * 3] ?? 0) * map.width + (runs[run * 3 + 1] ?? 0)] ?? noClass
  }
  return collect(runs, classes, regionsOf(runs, classes))
}

/** The region's pixels within its box. */
export function regionMask({ left, top, right, bottom, runs }: Region): PixelMask {
  const inBox = new Int32Array(runs.length)
  for (let at = 0; at < runs.length; at += 3) {
    inBox[at] = (runs[at] ?? 0) - top
    inBox[at + 1] = (runs[at + 1] ?? 0) - left
    inBox[at + 2] = (runs[at + 2] ?? 0) - left
  }
  return { left, top, width: right - left, height: bottom - top, runs: inBox }
}

/** Runs of one class each. */
function classRuns({ width, height, data }: ClassMap): Runs {
  const list = new RunList()
  for (let y = 0, line = 0; y < height; y++, line += width) {
    for (let start = 0; start < width;) {
      const classIndex = data[line + start]
      let end = start + 1
      while (end < width && data[line + end] === classIndex) end++
      if (classIndex !== noClass) list.push(y, start, end)
      start = end
    }
  }
  return list.runs()
}

/** @param regionOf For each run the first run of its region. */
function collect(runs: Runs, classes: Uint16Array, regionOf: Int32Array): Region[] {
  const counts = new Int32Array(regionOf.length)
  for (const first of regionOf) counts[first] = (counts[first] ?? 0) + 1
  const regions = new Map<number, Region>()
  const filled = new Int32Array(regionOf.length)
  for (let run = 0; run < regionOf.length; run++) {
    const first = regionOf[run] ?? 0
    if (first === run) regions.set(run, emptyRegion(classes[run] ?? noClass, runs[run * 3] ?? 0, counts[run] ?? 0))
    const region = regions.get(first)
    if (region) addRun(region, filled[first] ?? 0, runs, run * 3)
    filled[first] = (filled[first] ?? 0) + 3
  }
  return [...regions.values()]
}

function emptyRegion(classIndex: number, top: number, runCount: number): Region {
  return { classIndex, area: 0, left: Infinity, top, right: 0, bottom: 0, runs: new Int32Array(runCount * 3) }
}

function addRun(region: Region, place: number, runs: Runs, at: number): void {
  const [y = 0, from = 0, to = 0] = [runs[at], runs[at + 1], runs[at + 2]]
  region.runs[place] = y
  region.runs[place + 1] = from
  region.runs[place + 2] = to
  region.area += to - from
  if (from < region.left) region.left = from
  if (to > region.right) region.right = to
  region.bottom = y + 1
}
