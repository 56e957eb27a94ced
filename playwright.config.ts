import { defineConfig } from '@playwright/test'
import { chromiumSwitches, findChromium } from './build/chromium.ts'

const executablePath = findChromium()

export default defineConfig({
  fullyParallel: false,
  workers: 1,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  reporter: [['list']],
  outputDir: 'test-results',
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'browser',
      testDir: 'test/e2e',
      use: {
        browserName: 'chromium',
        launchOptions: { ...(executablePath === null ? {} : { executablePath }), args: chromiumSwitches() }
      }
    },
    { name: 'electron', testDir: 'test/electron' }
  ]
})
