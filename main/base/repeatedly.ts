import type { Release } from './disposables.ts'
import type { TimeSource } from './timeSource.ts'

/**
 * Does something so long after it was last done; once more when it is released, and never after that.
 * @param work Never rejects.
 */
export function repeatedly(time: TimeSource, everyMs: number, work: () => Promise<void>): Release {
  let isReleased = false
  let stop: Release = () => undefined
  const next = () => {
    if (!isReleased) stop = time.after(everyMs, () => void work().then(next))
  }
  next()
  return async () => {
    isReleased = true
    await stop()
    await work()
  }
}
