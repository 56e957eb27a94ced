/** How long to wait between tries. */
export interface Backoff {
  leastMs: number
  mostMs: number
}

/**
 * Exponential backoff with equal jitter: between half and all of a span that doubles with each try.
 * The result is never below `leastMs` nor above `mostMs`.
 * @param attempt 0 for the first wait.
 * @param jitter A random number, 0 to 1.
 */
export function backoffMs(attempt: number, jitter: number, { leastMs, mostMs }: Backoff): number {
  const span = Math.min(mostMs, leastMs * 2 ** (attempt + 1))
  return Math.max(leastMs, (span / 2) * (1 + jitter))
}
