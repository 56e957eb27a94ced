import { expect } from '@playwright/test'
import { test } from './lineside.ts'
import { choose, groupOf, openSizes } from './sizesSection.ts'

test('what is recorded is chosen by rules, any of which is enough', async ({ lineside: page, line }) => {
  const { project } = await line.sampleInference()
  await page.goto(`/projects/${project.id}/inferences/new`)
  const rules = page.getByRole('region', { name: 'Sampling' })
  const rule = (name: string) => rules.getByRole('switch', { name: new RegExp(`^${name} `) })
  await page.getByLabel('Name', { exact: true }).fill('Sampled')
  await expect(rules.getByText('A request is recorded if any of these holds: 5 % at random.')).toBeVisible()

  await rule('By confidence').check()
  await rules.getByRole('textbox', { name: 'Lowest confidence' }).fill('0.1')
  await expect(rules.getByText(/From 0.10 to 0.25 lies below the confidence floor/)).toBeVisible()
  await rule('By class').check()
  await page.getByRole('button', { name: 'Save setup' }).click()
  await expect(rules.getByText('Choose at least one class.')).toBeVisible()
  await rules.getByRole('button', { name: 'spur' }).click()
  await rules.getByRole('button', { name: 'open', exact: true }).click()
  await rule('Random').uncheck()
  await rule('At an interval').check()
  await rules.getByRole('button', { name: /^Limits/ }).click()
  await rules.getByLabel('All rules together, per hour').fill('40')
  await rules.getByLabel('By class, least ms between').fill('500')
  await page.getByRole('button', { name: 'Save setup' }).click()

  await expect(page.getByRole('heading', { name: 'Sampled' })).toBeVisible()
  await expect(page.getByText('confidences from 0.10 to 0.50; classes open, spur; one every 60 s')).toBeVisible()
  await page.getByRole('link', { name: 'Edit setup' }).click()
  await expect(rule('Random')).not.toBeChecked()
  await expect(rules.getByRole('button', { name: 'spur' })).toHaveAttribute('aria-pressed', 'true')
  await expect(rules.getByLabel('All rules together, per hour')).toHaveValue('40')
  await expect(rules.getByLabel('By class, least ms between')).toHaveValue('500')
})

test('a size threshold that records has limits of its own, which follow its name; the rail says where one is', async ({
  lineside: page,
  host
}) => {
  const section = await openSizes(page, host)
  const threshold = groupOf(section, 'Threshold')
  await threshold.getByLabel('Value', { exact: true }).fill('250')
  await threshold.getByLabel('Second value', { exact: true }).fill('900')
  await choose(threshold, ['dent'])
  await threshold
    .getByRole('checkbox', { name: /^Include in sampling/ })
    .or(threshold.getByRole('switch'))
    .check()
  const rules = page.getByRole('region', { name: 'Sampling' })
  await rules.getByRole('button', { name: /^Limits/ }).click()
  await rules.getByLabel('size: Threshold, per hour').fill('12')
  await section.getByRole('button', { name: 'Rename Threshold' }).click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('Large dents')
  await page.keyboard.press('Enter')
  await expect(rules.getByLabel('size: Large dents, per hour')).toHaveValue('12')
  await page.getByLabel('Name', { exact: true }).first().fill('Limited')

  const marked = page.getByRole('navigation', { name: 'Sections' }).locator('[aria-current=true]')
  await page.locator('main').evaluate((main) => main.scrollTo(0, 0))
  await expect(marked).toHaveText('General')
  await page.locator('main').hover()
  await page.mouse.wheel(0, 100_000)
  await expect(marked).toHaveText('Outputs')
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Metadata' }).click()
  await expect(marked).toHaveText('Metadata')

  await page.getByRole('button', { name: 'Save setup' }).click()
  await page.getByRole('link', { name: 'Edit setup' }).click()
  await expect(rules.getByLabel('size: Large dents, per hour')).toHaveValue('12')
})
