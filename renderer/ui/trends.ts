import type { Figures } from '../../main/contract/index.ts'

/**
 * Predictions a minute over the last 15 minutes. The span that is still being counted would drop to nothing at each of
 * its beginnings; in its place stands the rate of the last minute, which is the number beside the line.
 */
export function rateTrend({ recent, perMinute }: Pick<Figures, 'recent' | 'perMinute'>): number[] {
  const spansPerMinute = recent.length / 15
  return [...recent.slice(0, -1).map((count) => count * spansPerMinute), perMinute]
}
