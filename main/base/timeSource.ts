import type { Release } from './disposables.ts'

/** Where the time comes from, so that what waits for hours can be tested without waiting. */
export interface TimeSource {
  /** Epoch milliseconds by the wall clock, which may be set forward and back. */
  now(): number
  /** Milliseconds by a clock that never goes back. */
  elapsed(): number
  /** Runs it once, at most a day later. */
  after(ms: number, run: () => void): Release
}

/** The system's own; its timers do not keep a process alive. */
export const systemTime: TimeSource = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms).unref()
    return () => clearTimeout(timer)
  }
}
