import { setTimeout as delay } from 'node:timers/promises'

/**
 * Waits for a condition, looking often.
 * @param find Gives what was waited for, or undefined while it is not there.
 * @throws Error that names the condition after `withinMs`.
 */
export async function until<T>(what: string, find: () => Promise<T | undefined>, withinMs = 30_000): Promise<T> {
  const end = performance.now() + withinMs
  for (;;) {
    const found = await find()
    if (found !== undefined) return found
    if (performance.now() > end) throw new Error(`waited ${withinMs} ms in vain: ${what}`)
    await delay(20)
  }
}
