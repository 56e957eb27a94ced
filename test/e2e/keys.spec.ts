import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { test } from './lineside.ts'

async function breaksNoRule(axe: AxeBuilder) {
  const { violations } = await axe.analyze()
  expect(violations.map(({ id, nodes }) => ({ id, html: nodes.map((node) => node.html) }))).toEqual([])
}

test('a key is made, shown once, opens what it may, and is revoked', async ({ lineside: page, line, host }) => {
  const { slug, project } = await line.sampleInference()
  await line.run(slug)
  const list = (key?: string) =>
    fetch(`${host.url}/v1/inferences`, key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } })

  await page.goto('/settings')
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByRole('button', { name: 'Make the key' }).click()
  await expect(page.getByText('Must not be empty')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('PLC gateway')
  await page.getByRole('checkbox', { name: 'Predict' }).uncheck()
  await expect(page.getByText('Choose at least one')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Predict' }).check()
  await page.getByRole('button', { name: 'Make the key' }).click()
  const shown = page.getByRole('region', { name: 'The key' })
  await expect(shown).toHaveText(/^lineside_[\w-]{43}$/)
  const key = (await shown.textContent()) ?? ''
  // Mantine gives its dialogs a header of their own.
  await breaksNoRule(new AxeBuilder({ page }).include('[role=dialog]').disableRules('landmark-no-duplicate-banner'))
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('table', { name: 'API keys' }).getByRole('row').last()).toContainText('PLC gateway')
  await breaksNoRule(new AxeBuilder({ page }))
  await expect(page.locator('body')).not.toContainText(key)

  await page.getByRole('switch', { name: 'Require keys' }).click()
  await expect(page.getByRole('switch', { name: 'Require keys' })).toBeChecked()
  await expect.poll(async () => (await list()).status).toBe(401)
  expect((await list(key)).status).toBe(200)
  await page.goto(`/projects/${project.id}/inferences/${slug}`)
  await expect(page.getByText('Authorization: Bearer $LINESIDE_KEY')).toBeVisible()

  await page.goto('/settings')
  await page.getByRole('button', { name: 'Revoke “PLC gateway”' }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('table', { name: 'API keys' })).toBeHidden()
  expect((await list(key)).status).toBe(401)
})
