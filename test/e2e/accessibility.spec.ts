import { expectNoViolations } from './axe.ts'
import { everyScreen } from './everyScreen.ts'
import { test } from './lineside.ts'

// What is drawn does not move, so that no colour is looked at on its way to another.
test.use({ reducedMotion: 'reduce', refusals: true })

test('no screen, section or dialog breaks a rule of axe, in either theme', async ({ lineside: page, host, line }) => {
  test.setTimeout(300_000)
  for await (const { name } of everyScreen({ page, host, line })) {
    await expectNoViolations(page, `${name}, light`)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectNoViolations(page, `${name}, dark`, ['color-contrast'])
    await page.emulateMedia({ colorScheme: 'light' })
  }
})
