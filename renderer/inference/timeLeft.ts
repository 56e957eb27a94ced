/** A span as a person counts it down: seconds in the last two minutes, minutes in the last two hours, then hours. */
export function timeLeft(ms: number): { value: number; unit: 'seconds' | 'minutes' | 'hours' } {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  if (seconds < 120) return { value: seconds, unit: 'seconds' }
  if (seconds < 7200) return { value: Math.floor(seconds / 60), unit: 'minutes' }
  return { value: Math.floor(seconds / 3600), unit: 'hours' }
}
