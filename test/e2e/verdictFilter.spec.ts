import { expect } from '@playwright/test'
import { ApiClient } from '../../main/cli/apiClient.ts'
import { routes, type VerdictRule } from '../../main/contract/index.ts'
import { boardPicture, test } from './lineside.ts'

test('samples are filtered by their verdict, which stands in the address', async ({ lineside: page, line, host }) => {
  await page.goto('/projects')
  const client = new ApiClient(host.url, host.token)
  const { slug, project } = await line.sampleInference()
  const { classes } = await client.call(routes.getProject, { params: { id: project.id } })
  const found: VerdictRule = { name: 'found', when: { classes }, outcome: 'NG' }
  for (const [rules, picture] of [
    [[found], 'board-01.png'],
    [[], 'board-03.png']
  ] as const) {
    const { slug: _, ...setup } = await client.call(routes.getSetup, { params: { slug } })
    await client.call(routes.changeSetup, { params: { slug }, body: { ...setup, verdict: { rules: [...rules] } } })
    await line.run(slug)
    await line.post(slug, boardPicture(picture))
    await line.stop(slug)
    await expect.poll(async () => (await line.inference(slug)).status).toBe('stopped')
  }
  const tiles = page.getByRole('link', { name: /^Sample/ })
  const choice = page.getByRole('radiogroup', { name: 'Verdict' })
  await page.goto(`/projects/${project.id}/samples`)
  await expect(tiles).toHaveCount(2)
  await choice.getByText('NG', { exact: true }).click()
  await expect(page).toHaveURL(/\?verdict=NG$/)
  await expect(tiles).toHaveCount(1)
  await tiles.click()
  await expect(page.locator('[data-outcome="NG"]')).toBeVisible()
  await expect(page.getByText('1 of 1')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Older sample' })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Newer sample' })).toBeDisabled()
  await page.goto(`/projects/${project.id}/samples?verdict=WARN`)
  await expect(page.getByText('No sample here was judged WARN.')).toBeVisible()
  await page.getByRole('button', { name: 'Any verdict' }).click()
  await expect(tiles).toHaveCount(2)
})
