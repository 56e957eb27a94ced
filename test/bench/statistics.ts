/** The value below which the given share of the values lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** Rounded for printing. */
export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}

/** p50 and p95, rounded. */
export function spread(values: readonly number[]): { p50: number; p95: number } {
  return { p50: rounded(percentile(values, 0.5)), p95: rounded(percentile(values, 0.95)) }
}
