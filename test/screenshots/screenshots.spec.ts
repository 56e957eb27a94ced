import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { everyScreen, type Shown } from '../e2e/everyScreen.ts'
import { test } from '../e2e/lineside.ts'

// `npm run screenshots`: what everybody can look at before a change of the window is merged.

const folder = join(import.meta.dirname, '../../screenshots')
const sizes = [
  { width: 1280, height: 720 },
  { width: 3840, height: 2160 }
]

test.use({ reducedMotion: 'reduce', refusals: true })

test('every screen, section and dialog, in both themes and two sizes', async ({ lineside: page, host, line }) => {
  test.setTimeout(1_200_000)
  await rm(folder, { recursive: true, force: true })
  let count = 0
  for await (const shown of everyScreen({ page, host, line })) {
    count += 1
    await shoot(page, shown, `${String(count).padStart(2, '0')}-${shown.name}`)
  }
})

/** What is in sight, from the start of the part. */
async function shoot(page: Page, { part }: Shown, name: string) {
  for (const size of sizes) {
    await page.setViewportSize(size)
    await part?.evaluate((element) => element.scrollIntoView({ block: 'start', behavior: 'instant' }))
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.waitForFunction(isDrawn, colorScheme)
      const path = join(folder, `${name}.${size.width}x${size.height}.${colorScheme}.png`)
      await page.screenshot({ path })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** The theme and the size have been taken up, and the pictures are there. */
async function isDrawn(colorScheme: string) {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  for (let frames = 0; frames < 3; frames += 1) await frame()
  const { mantineColorScheme } = document.documentElement.dataset
  return mantineColorScheme === colorScheme && [...document.images].every(({ complete }) => complete)
}
