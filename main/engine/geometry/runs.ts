import { flatten, join, singleSets } from './unionFind.ts'

/**
 * Set pixels side by side, as long as they go: row, start and end (not in it) of each run, three numbers after each
 * other, in reading order; in px of the mask's part.
 */
export type Runs = Int32Array

/** Gathers runs in reading order. */
export class RunList {
  #bounds = new Int32Array(192)
  #length = 0

  push(row: number, start: number, end: number): void {
    const at = this.#length
    if (at === this.#bounds.length) this.#grow()
    this.#bounds[at] = row
    this.#bounds[at + 1] = start
    this.#bounds[at + 2] = end
    this.#length = at + 3
  }

  /** Adds set pixels; where they touch those that came last, the last run grows. */
  extend(row: number, start: number, end: number): void {
    const last = this.#length - 1
    if (this.#bounds[last] === start && this.#bounds[last - 2] === row) this.#bounds[last] = end
    else this.push(row, start, end)
  }

  runs(): Runs {
    return this.#bounds.subarray(0, this.#length)
  }

  #grow(): void {
    const larger = new Int32Array(this.#bounds.length * 2)
    larger.set(this.#bounds)
    this.#bounds = larger
  }
}

/**
 * For each run the first run of its 8-connected region.
 * @param classes Of each run, where only runs of one class are joined.
 */
export function regionsOf(runs: Runs, classes?: Uint16Array): Int32Array {
  const count = runs.length / 3
  const regions = singleSets(count)
  let above = 0
  for (let run = 0, at = 0; run < count; run++, at += 3) {
    const [row = 0, start = 0, end = 0] = [runs[at], runs[at + 1], runs[at + 2]]
    while (endsBefore(runs, above * 3, row - 1, start)) above++
    for (let other = above; runs[other * 3] === row - 1 && (runs[other * 3 + 1] ?? 0) <= end; other++) {
      if (!classes || classes[other] === classes[run]) join(regions, other, run)
    }
  }
  flatten(regions)
  return regions
}

/** Whether a run ends before a place in a row, and does not touch it over a corner either. */
function endsBefore(runs: Runs, at: number, row: number, start: number): boolean {
  const itsRow = runs[at] ?? Infinity
  return itsRow < row || (itsRow === row && (runs[at + 2] ?? 0) < start)
}

/** How many pixels are set. */
export function areaOf(runs: Runs): number {
  let area = 0
  for (let at = 0; at < runs.length; at += 3) area += (runs[at + 2] ?? 0) - (runs[at + 1] ?? 0)
  return area
}
