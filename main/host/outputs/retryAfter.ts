const mostMs = 10 * 60_000

/**
 * The wait that a `Retry-After` header asks for (RFC 9110, 10.2.3: seconds or a date), in ms and at most ten minutes;
 * null where there is none or it cannot be read.
 * @param now In ms since 1970.
 */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null
  const text = header.trim()
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isNaN(ms) ? null : Math.min(mostMs, Math.max(0, ms))
}
