import { defineConfig } from '@playwright/test'
import { chromiumSwitches, findChromium } from './build/chromium.ts'

const executablePath = process.env['CHROMIUM'] ?? findChromium()

const use = {
  viewport: { width: 1440, height: 900 },
  locale: 'en-GB',
  trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false },
  launchOptions: { args: chromiumSwitches(), ...(executablePath ? { executablePath } : {}) }
} as const

/**
 * `browser`: the window in the system's Chromium against a real host. `screenshots`: pictures of all of it, for people.
 * `electron`: the shell, where its binary is.
 */
export default defineConfig({
  globalSetup: './test/globalSetup.ts',
  workers: 2,
  // They end what hangs, not what is slow.
  timeout: 240_000,
  expect: { timeout: 45_000 },
  reporter: 'list',
  projects: [
    { name: 'browser', testDir: 'test/e2e', use },
    { name: 'screenshots', testDir: 'test/screenshots', use },
    { name: 'electron', testDir: 'test/electron' }
  ]
})
