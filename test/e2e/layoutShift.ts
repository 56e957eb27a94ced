import type { Page } from '@playwright/test'
import { z } from 'zod'

/** What the browser counts of layout shifts that nobody's press or key has led to, while something goes on. */
export async function layoutShift(page: Page, meanwhile: () => Promise<void>): Promise<number> {
  const watch = await page.evaluateHandle(() => {
    const seen = { shift: 0 }
    const count = (entries: PerformanceEntryList) => {
      for (const entry of entries) {
        const { value = 0, hadRecentInput = false } = entry as PerformanceEntry & {
          value?: number
          hadRecentInput?: boolean
        }
        if (!hadRecentInput) seen.shift += value
      }
    }
    const observer = new PerformanceObserver((list) => count(list.getEntries()))
    observer.observe({ type: 'layout-shift' })
    const end = () => {
      count(observer.takeRecords())
      observer.disconnect()
      return seen.shift
    }
    return { end }
  })
  await meanwhile()
  return z.number().parse(await watch.evaluate(({ end }) => end()))
}
