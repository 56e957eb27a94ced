const steps = [1, 1.25, 1.6, 2, 2.5, 3, 4, 5, 6, 8, 10]

/**
 * Where the scale of areas ends: a round number of px, above all but the largest hundredth of the areas and above the
 * values, so that a single huge one does not press the others together.
 */
export function scaleEnd(areas: readonly number[], values: readonly number[]): number {
  const sorted = areas.toSorted((a, b) => a - b)
  const most = Math.max(10, (sorted[Math.floor((sorted.length - 1) * 0.99)] ?? 0) * 1.05, ...values)
  const power = 10 ** Math.floor(Math.log10(most))
  return Math.ceil((steps.find((step) => step * power >= most) ?? 10) * power)
}

/** How many areas lie in each of equal parts of 0 to `end`; those beyond it count in the last one. */
export function areaBins(areas: readonly number[], end: number, bins: number): number[] {
  const counts = Array.from({ length: bins }, () => 0)
  for (const area of areas) {
    const at = Math.min(bins - 1, Math.floor((area / end) * bins))
    counts[at] = (counts[at] ?? 0) + 1
  }
  return counts
}

/** By how much a handle moves a value: a two-hundredth of the scale or less, 1, 2 or 5 times a power of ten. */
export function handleStep(end: number): number {
  const most = Math.max(1, end / 200)
  const power = 10 ** Math.floor(Math.log10(most))
  return Math.max(...[1, 2, 5].map((step) => step * power).filter((step) => step <= most))
}
