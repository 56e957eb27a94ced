import type { Release } from './disposables.ts'

/** A call that runs at most once in its interval; the last one of a burst is never lost. */
export interface Throttled {
  (): void
  /** Runs what is due at once, then no more. */
  close: Release
}

/** The first call runs at once, later ones within `intervalMs` run together at its end. */
export function throttled(run: () => void, intervalMs: number): Throttled {
  let timer: NodeJS.Timeout | undefined
  let due = false
  let closed = false

  const elapsed = (): void => {
    timer = undefined
    if (due) call()
  }
  const call = (): void => {
    if (closed) return
    if (timer) {
      due = true
      return
    }
    due = false
    timer = setTimeout(elapsed, intervalMs).unref()
    run()
  }
  const close = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (due) run()
    closed = true
  }
  return Object.assign(call, { close })
}
