import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Fails where what is shown breaks a rule of axe; `screen` names it. `rules`: only these, else all. */
export async function expectNoViolations(page: Page, screen: string, rules?: string[]) {
  const axe = new AxeBuilder({ page })
  if (rules) axe.withRules(rules)
  // A menu floats outside of the page's parts, as a dialog does, which axe knows of dialogs only.
  else if ((await page.getByRole('menu').count()) > 0) axe.disableRules('region')
  const { violations } = await axe.analyze()
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`)
  expect.soft(said, screen).toEqual([])
}
