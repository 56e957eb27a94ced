import { expect } from '@playwright/test'
import { boardPicture, test } from './lineside.ts'

test('a run says when it ends, what it went through and what its engine uses', async ({ lineside: page, line }) => {
  const { slug, project } = await line.sampleInference()
  const base = `/projects/${project.id}/inferences`
  await page.goto(`${base}/${slug}/setup`)
  await page.getByRole('combobox', { name: 'Shutdown time' }).click()
  await page.getByRole('option', { name: 'When it is idle' }).click()
  await page.getByRole('textbox', { name: 'Idle minutes' }).fill('0')
  await page.getByRole('textbox', { name: 'Name', exact: true }).focus()
  await expect(page.getByText(/at least 1/i)).toBeVisible()
  await page.getByRole('textbox', { name: 'Idle minutes' }).fill('90')
  await expect(page.getByText('It shuts down after 90 idle minutes.')).toBeVisible()
  await page.getByRole('button', { name: 'Save setup' }).click()
  await expect(page).not.toHaveURL(/setup$/)

  await line.run(slug)
  await line.post(slug, boardPicture('board-01.png'))
  await page.goto(`${base}/${slug}`)
  await expect(page.getByText(/shuts down in (89|90) min/)).toBeVisible()
  const history = page.getByRole('table', { name: 'History' })
  await expect(history.getByRole('row').first()).toContainText('Healthy')
  await expect(history.getByRole('row').last()).toContainText('In queue')
  const row = page.getByRole('table').filter({ hasText: 'Restarts' }).getByRole('row').last()
  await expect(row).toContainText('ready')
  await expect(row).toContainText(/\d+\sMB/)
  await expect(row).toContainText(/%/)
})

test('limits are set in the settings, and a run that does not fit says what it waits for', async ({
  page,
  host,
  line
}) => {
  await page.goto(host.openUrl)
  await page.goto('/settings')
  const threads = page.getByRole('textbox', { name: 'CPU threads' })
  await threads.fill('0')
  await expect(page.getByRole('button', { name: 'Save limits' })).toBeDisabled()
  await threads.fill('1')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByText(/of 1 held/)).toBeVisible()
  const { slug } = await line.sampleInference()
  await line.run(slug)
  const other = await line.otherInference(slug)
  await line.start(other.slug)
  await page.goto(`/projects/${other.project.id}/inferences/${other.slug}`)
  await expect(page.getByText(/place 1, waits for \d CPU threads? \(0 of 1 are free; held by/)).toBeVisible()
  await page.goto('/settings')
  await threads.fill('')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByRole('button', { name: 'Save limits' })).toBeDisabled()
  await expect(page.getByRole('switch', { name: 'Come back' })).toBeChecked()
})
