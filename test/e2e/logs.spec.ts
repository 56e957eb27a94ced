import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Download, type Page } from '@playwright/test'
import { settings } from '../../main/contract/index.ts'
import { unzip } from '../helpers/unzip.ts'
import { boardPicture, test, type RunningHost } from './lineside.ts'

const many = 100_000

/** Puts lines before those of a run's log, as an older day would have written them. */
async function fillLog(host: RunningHost, run: string) {
  const response = await fetch(`${host.url}/v1/settings`, { headers: { authorization: `Bearer ${host.token}` } })
  const { dataFolder } = settings.parse(await response.json())
  const path = join(dataFolder, 'logs', 'runs', `${run}.log`)
  const present = await readFile(path, 'utf8')
  const line = (index: number) => ({
    level: index % 1000 === 0 ? 'error' : 'info',
    time: '2026-01-05T08:00:00.000+00:00',
    seq: index,
    run,
    message: `line ${index} of long ago`
  })
  await writeFile(path, '')
  for (let from = 1; from <= many; from += 10_000) {
    const lines = Array.from({ length: 10_000 }, (_, index) => JSON.stringify(line(from + index)))
    await appendFile(path, `${lines.join('\n')}\n`)
  }
  await appendFile(path, present)
}

async function contentOf(download: Download): Promise<Buffer> {
  return readFile(await download.path())
}

/** How long something takes, in ms. */
async function took(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

test('a log of a hundred thousand lines is read, searched, followed and downloaded', async ({
  lineside: page,
  line,
  host
}) => {
  const { slug, project } = await line.sampleInference()
  await line.run(slug)
  const run = (await line.sampleInference()).run?.id ?? ''
  await fillLog(host, run)
  await page.goto(`/projects/${project.id}/inferences/${slug}`)
  const panel = page.getByRole('region', { name: 'Log', exact: true })
  const log = panel.getByRole('log')
  await expect(panel.getByText(/of 100,0\d\d lines/)).toBeVisible()
  await log.scrollIntoViewIfNeeded()
  await expect(log.getByText('is ready on cpu')).toBeInViewport()
  expect(await log.locator('p').count()).toBeLessThan(80)

  const found = await took(async () => {
    await panel.getByRole('textbox', { name: 'Find in the log' }).fill('LINE 77777 ')
    await expect(panel.getByText(/^1 of 100,0/)).toBeVisible()
  })
  await expect(log.getByText('line 77777 of long ago')).toBeVisible()
  await panel.getByRole('textbox', { name: 'Find in the log' }).fill('')
  await panel.getByText('Errors', { exact: true }).click()
  await expect(panel.getByText(/^100 of 100,0/)).toBeVisible()
  await panel.getByText('Info', { exact: true }).click()
  console.log(`found a line after ${Math.round(found)} ms`)
  expect(found).toBeLessThan(3000)

  await log.focus()
  await page.keyboard.press('Home')
  await expect(log.getByText('line 1 of long ago')).toBeVisible()
  const follow = panel.getByRole('switch', { name: 'Follow' })
  await expect(follow).not.toBeChecked()
  await line.stop(slug)
  await expect(panel.getByText(/of 100,0\d\d lines/)).toBeVisible()
  await expect(log.getByText('line 1 of long ago')).toBeVisible()
  await follow.check({ force: true })
  await expect(log.locator('p').last()).toBeInViewport()

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('link', { name: 'Download' }).click()
  ])
  const lines = (await contentOf(download)).toString().trimEnd().split('\n')
  expect(lines.length).toBeGreaterThan(many)
})

test('charts show what was requested, by pointer and by key; the settings show health and hand out diagnostics', async ({
  lineside: page,
  line
}) => {
  const { slug, project } = await line.sampleInference()
  await line.run(slug)
  for (let picture = 0; picture < 3; picture++) await line.post(slug, boardPicture('board-01.png'))
  await page.goto(`/projects/${project.id}/inferences/${slug}`)
  const charts = page.getByRole('region', { name: 'Over time' })
  const latency = charts.getByRole('figure', { name: 'Latency' })
  // Asked for every 10 s, where a long range is asked for once a minute.
  await charts.getByText('15 min').click()
  await expect(latency.getByRole('slider')).toHaveAttribute('aria-valuetext', /p50 \d/)
  await charts.getByText('24 h').click()
  await expect(latency.getByRole('slider')).toHaveAttribute('aria-valuetext', /p50 \d/)
  await expect(charts.getByRole('figure', { name: 'Throughput' }).locator('circle, polyline').first()).toBeVisible()
  await latency.getByRole('slider').focus()
  await page.keyboard.press('Home')
  await expect(latency.getByRole('slider')).toHaveAttribute('aria-valuenow', '0')
  await charts.getByRole('combobox', { name: 'Latency of which stage' }).click()
  const whole = await latency.getByRole('slider').getAttribute('aria-valuetext')
  await page.getByRole('option', { name: 'Model' }).click()
  await expect(latency.getByRole('slider')).not.toHaveAttribute('aria-valuetext', whole ?? '')

  await page.goto('/settings')
  const health = page.getByRole('region', { name: 'Health' })
  for (const part of ['Host', 'Database', 'Disk', 'Label store', 'Logs'])
    await expect(health.getByText(part, { exact: true })).toBeVisible()
  await expect(
    page.getByRole('region', { name: 'Log', exact: true }).getByRole('log').getByText('is ready on cpu')
  ).toBeVisible()
  const archive = unzip(await contentOf(await diagnosticsOf(page)))
  expect(archive.get('about.json')?.toString()).toContain('"lineside"')
  expect([...archive.keys()].some((name) => name.startsWith('logs/runs/'))).toBe(true)
})

async function diagnosticsOf(page: Page): Promise<Download> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download diagnostics' }).click()
  ])
  expect(download.suggestedFilename()).toMatch(/^lineside diagnostics .*\.zip$/)
  return download
}
