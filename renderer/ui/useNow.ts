import { useEffect, useState } from 'react'

/** The time now, renewed every second while `ticking`. */
export function useNow(ticking: boolean) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!ticking) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [ticking])
  return now
}

/** Whole seconds from now until then, never less than none. */
export const secondsUntil = (then: string, now: number) => Math.max(0, Math.ceil((Date.parse(then) - now) / 1000))
