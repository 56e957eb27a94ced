import { expect } from '@playwright/test'
import { boardPicture, test } from './lineside.ts'

test('how much would be recorded and unknown is said by what the line sent, and follows the setup', async ({
  lineside: page,
  line
}) => {
  const { slug, project } = await line.sampleInference()
  const sampling = page.getByRole('region', { name: 'Sampling' })
  const inShort = page.getByRole('complementary', { name: 'In short' })
  const rule = (name: string) => sampling.getByRole('switch', { name: new RegExp(`^${name} `) })
  const wizard = `/projects/${project.id}/inferences/new`

  await page.goto(wizard)
  await expect(sampling.getByText('No predictions yet: an estimate appears after the first ones.')).toBeVisible()
  await expect(sampling.getByText('≈ 50 of 1,000', { exact: true })).toBeVisible()
  await rule('At an interval').check()
  await expect(sampling.getByText('≤ 60 / h', { exact: true })).toBeVisible()
  await rule('By confidence').check()
  await expect(sampling.getByText('Once there are predictions, their confidences stand here.')).toBeVisible()

  await line.run(slug)
  for (const name of ['board-01.png', 'board-03.png', 'board-05.png', 'board-01.png'])
    await line.post(slug, boardPicture(name))
  await page.goto(wizard)
  const basis = sampling.getByText(/^By the last 4 requests of Bare boards check, which has the same model/)
  const came = /([\d,]+) came an hour\.$/.exec(await basis.innerText())?.[1] ?? ''
  expect(came).not.toBe('')
  await expect(inShort).not.toContainText(`About ${came} samples an hour`)
  await sampling.getByRole('textbox', { name: 'Share of the requests, in percent' }).fill('100')
  await expect(sampling.getByText(`≈ ${came} / h`, { exact: true })).toBeVisible()
  await expect(sampling.getByText(`≈ ${came} samples an hour`)).toBeVisible()
  await expect(inShort).toContainText(`About ${came} samples an hour`)

  await rule('By confidence').check()
  await expect(
    sampling.getByRole('img', { name: /^Confidences seen so far; \d+ of \d+ lie in this range$/ })
  ).toBeVisible()
  await expect(sampling.getByText(/^Alone: random [\d,]+ · confidence [\d,.]+/)).toBeVisible()
  await sampling.getByRole('button', { name: /^Limits/ }).click()
  await sampling.getByLabel('All rules together, per hour').fill('7')
  await expect(sampling.getByText('≈ 7 samples an hour')).toBeVisible()
  await expect(sampling.getByText(/Limits hold back ≈\s[\d,.]+ an hour\./)).toBeVisible()

  const thresholds = page.getByRole('region', { name: 'Class thresholds' })
  await thresholds.getByRole('combobox', { name: 'Source' }).click()
  await page.getByRole('option', { name: 'Manually edit thresholds' }).click()
  await expect(thresholds.getByText('0 would be unknown')).toBeVisible()
  const row = thresholds.locator('div', { has: page.getByRole('textbox', { name: /^Threshold of/ }) })
  const seen = row.filter({ hasText: /0 of [1-9]\d* unknown/ }).last()
  const total = /0 of (\d+) unknown/.exec(await seen.innerText())?.[1] ?? ''
  await seen.getByRole('textbox').fill('1')
  await expect(thresholds.getByText(`${total} of ${total} unknown`)).toBeVisible()
  await expect(thresholds.getByText(`${total} would be unknown`)).toBeVisible()
})
