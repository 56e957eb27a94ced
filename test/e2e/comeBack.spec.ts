import { expect } from '@playwright/test'
import { routes } from '../../main/contract/index.ts'
import { DetailsPage } from './centerPage.ts'
import { checkPicture, Line, startAfter, test } from './lineside.ts'

const picture = checkPicture('good-2.png')

test('what ran when the workstation went down runs again as it was, unless the settings say no', async ({
  page,
  host,
  line: first
}) => {
  let present = host
  try {
    const { slug, project } = await first.inference('board-check')
    const stopped = await first.sampleInference()
    await first.run(stopped.slug)
    await first.stop(stopped.slug)
    await first.run(slug)
    const before = await first.answer(slug, picture)
    await page.goto(present.openUrl)
    const details = new DetailsPage(page)
    await details.open(project.id, slug)
    await expect(details.status('healthy')).toBeVisible()
    await expect(details.setupLine('Class thresholds')).toContainText('good 0.93')
    const thresholds = (await details.setupLine('Class thresholds').textContent()) ?? ''

    await present.kill()
    await expect(page.getByText(/host is away/)).toBeVisible()
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    present = await startAfter(host)
    await page.goto(present.openUrl)
    await details.open(project.id, slug)
    await expect(details.status('healthy')).toBeVisible()
    await expect(details.setupLine('Class thresholds')).toHaveText(thresholds)
    const runs = details.part('Runs').getByRole('row')
    await expect(runs).toHaveCount(3)
    await expect(runs.nth(2)).toContainText(/Lineside ended unexpectedly.*1$/)
    const second = new Line(present)
    const { runId, sample, ...after } = await second.answer(slug, picture)
    expect(after.predictions).toEqual(before.predictions)
    expect(runId).not.toBe(before.runId)
    const { items } = await second.client.call(routes.listSamples, { query: { inference: slug } })
    expect(items.map(({ id }) => id)).toEqual([sample?.id, before.sample?.id])
    expect((await second.inference(stopped.slug)).status).toBe('stopped')

    await page.goto('/settings')
    await page.getByRole('switch', { name: 'Come back' }).click()
    await expect.poll(async () => (await second.client.call(routes.settings, {})).comeBack).toBe(false)
    await present.kill()
    present = await startAfter(host)
    await page.goto(present.openUrl)
    await details.open(project.id, slug)
    await expect(details.status('stopped')).toBeVisible()
    await expect(details.head).toContainText('coming back is turned off in the settings')
  } finally {
    await present.kill()
  }
})
