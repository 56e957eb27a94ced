import { expect, type Page } from '@playwright/test'
import { expectNoViolations } from './axe.ts'
import { everyScreen } from './everyScreen.ts'
import { test } from './lineside.ts'

// What is drawn does not move, so that no colour is looked at on its way to another.
test.use({ reducedMotion: 'reduce', refusals: true })

test('no screen, section or dialog breaks a rule of axe, in either theme', async ({ lineside: page, host, line }) => {
  test.setTimeout(600_000)
  for await (const { name } of everyScreen({ page, host, line })) {
    await expectNoViolations(page, `${name}, light`)
    await showIn(page, 'dark')
    await expectNoViolations(page, `${name}, dark`, ['color-contrast'])
    await showIn(page, 'light')
  }
})

/** The page takes the theme over a moment after it is told; axe would see some of each. */
async function showIn(page: Page, colorScheme: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator(':root')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
}
