import type { Page } from '@playwright/test'
import { z } from 'zod'
import { rounded } from './statistics.ts'

const limitMs = 50

const watched = z.object({ gaps: z.array(z.number()), tasks: z.array(z.number()) })

/**
 * How the page keeps up while something is done: the time between two frames, as it is asked for them without a pause,
 * and the tasks of its thread of more than 50 ms, which the browser itself counts.
 */
export async function measureFrames(page: Page, act: () => Promise<void>) {
  const watch = await page.evaluateHandle(() => {
    const seen = { gaps: [] as number[], tasks: [] as number[] }
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.tasks.push(duration)
    })
    observer.observe({ type: 'longtask' })
    let last = performance.now()
    let frame = requestAnimationFrame(function next(now) {
      seen.gaps.push(now - last)
      last = now
      frame = requestAnimationFrame(next)
    })
    const end = () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
      return seen
    }
    return { end }
  })
  await act()
  const { gaps, tasks } = watched.parse(await watch.evaluate(({ end }) => end()))
  return {
    frames: gaps.length,
    framesOver: gaps.filter((gap) => gap > limitMs).length,
    longestFrameMs: rounded(Math.max(0, ...gaps), 0),
    longTasks: tasks.length,
    longestTaskMs: rounded(Math.max(0, ...tasks), 0)
  }
}
