/** What a chart draws, worked out without drawing. Times are epoch ms. */

export interface ChartPoint {
  at: number
  /** Null where nothing was measured. */
  value: number | null
}

/** Round numbers from 0 to at least this, three to six of them. */
export function valueTicks(most: number): number[] {
  const rough = Math.max(most, 1e-9) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? 10 * power
  const count = Math.max(2, Math.ceil(most / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}

const minute = 60_000
const timeSteps = [1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14_400].map((each) => each * minute)

/** Round moments of the local clock within a span, at most so many. */
export function timeTicks(from: number, to: number, most: number): number[] {
  const step = timeSteps.find((each) => (to - from) / each <= most) ?? 14_400 * minute
  const shift = new Date(from).getTimezoneOffset() * minute
  const ticks: number[] = []
  for (let at = Math.ceil((from - shift) / step) * step + shift; at <= to; at += step) ticks.push(at)
  return ticks
}

/** Points that follow each other; a longer pause than one and a half steps, or nothing measured, begins a new piece. */
export function pieces(points: readonly ChartPoint[], step: number): { at: number; value: number }[][] {
  const found: { at: number; value: number }[][] = []
  let last = -Infinity
  for (const { at, value } of points) {
    if (value === null) {
      last = -Infinity
      continue
    }
    if (at - last > 1.5 * step) found.push([])
    found.at(-1)?.push({ at, value })
    last = at
  }
  return found
}

/** The place of the point that is nearest to a moment; -1 where there is none. */
export function nearest(times: readonly number[], moment: number): number {
  return times.reduce((best, at, index) => {
    const isNearer = best < 0 || Math.abs(at - moment) < Math.abs((times[best] ?? 0) - moment)
    return isNearer ? index : best
  }, -1)
}
