import { expect, type Page } from '@playwright/test'
import { ApiClient } from '../../main/cli/apiClient.ts'
import { routes } from '../../main/contract/index.ts'
import { expectNoViolations } from './axe.ts'
import { layoutShift } from './layoutShift.ts'
import { boardPicture, test, type Line } from './lineside.ts'

test.use({ viewport: { width: 1280, height: 720 } })

const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })

async function postSome(line: Line, slug: string, count: number) {
  for (let sent = 0; sent < count; sent += 1) await line.post(slug, boardPicture('board-01.png'))
}

test('the inference center tells, filters and finds; rows under the pointer stay', async ({
  lineside: page,
  line,
  host
}) => {
  const client = new ApiClient(host.url, host.token)
  await client.call(routes.changeSettings, { body: { resources: { cpuThreads: 1 } } })
  const first = await line.sampleInference()
  const other = await line.otherInference(first.slug)
  await line.run(first.slug)
  await line.start(other.slug)

  await page.goto('/inferences')
  const statuses = page.getByRole('group', { name: 'Filter by status' })
  await expect(statuses.getByRole('button', { name: '1 healthy' })).toBeVisible()
  await expect(rowOf(page, other.name)).toContainText(/place 1, waits for \d CPU threads?/)
  await statuses.getByRole('button', { name: '1 in queue' }).click()
  await expect(page).toHaveURL(/\?status=queued$/)
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.getByRole('combobox', { name: 'Project' }).click()
  await page.getByRole('option', { name: first.project.name }).click()
  await expect(page).toHaveURL(new RegExp(`/projects/${first.project.id}/inferences\\?status=queued$`))
  await expect(page.getByText('Nothing found')).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(rowOf(page, first.name)).toBeVisible()
  await page.goto(`/inferences?find=${encodeURIComponent(other.model.name)}`)
  await expect(rowOf(page, other.name)).toBeVisible()
  await expect(rowOf(page, first.name)).toBeHidden()

  await page.goto('/inferences?status=healthy')
  const row = rowOf(page, first.name)
  await postSome(line, first.slug, 2)
  await expect(row.getByRole('img', { name: /^Latency p95/ })).toBeVisible()
  const shift = await layoutShift(page, () => postSome(line, first.slug, 12))
  expect(shift).toBeLessThan(0.01)
  await expect(row).toContainText(/14\s*\/min/)
  await row.getByRole('button', { name: /^More for/ }).click()
  await expect(page.getByRole('menuitem', { name: 'Edit setup (when stopped)' })).toBeDisabled()
  await page.keyboard.press('Escape')

  await row.hover()
  await line.stop(first.slug)
  await expect(row).toContainText('Stopped')
  await page.getByRole('heading', { level: 1 }).hover()
  await expect(row).toBeHidden()
  await page.goto('/inferences')
  await expect(row).toContainText(/since \d\d:\d\d, stopped by/)
  await expect(rowOf(page, other.name)).toContainText('Healthy')
})

test('the details stay where they are while figures change, and how long preparing took is told the next time', async ({
  lineside: page,
  line
}) => {
  const { slug, project } = await line.sampleInference()
  await line.run(slug)
  await page.goto(`/projects/${project.id}/inferences/${slug}`)
  await page.getByRole('button', { name: 'Close this hint' }).click()
  await postSome(line, slug, 2)
  await expect(page.getByRole('region', { name: 'Figures of this run' })).toContainText(/Requests\s*2/)
  await expect(page.locator('g[data-class]').first()).toBeVisible()
  const shift = await layoutShift(page, () => postSome(line, slug, 12))
  expect(shift).toBeLessThan(0.01)
  const before = await line.inference(slug)
  expect(before.lastPreparingMs).toBeGreaterThan(0)
  await line.stop(slug)
  await expect(page.locator('h1 ~ [data-status="stopped"]')).toBeVisible()
  await line.start(slug)
  const again = await line.inference(slug)
  expect(Math.abs((again.lastPreparingMs ?? 0) - (before.lastPreparingMs ?? 0))).toBeLessThan(1000)
})

test('a panel PC scrolls nothing sideways, a narrow window folds the rail, a 4K screen shows everything larger', async ({
  lineside: page,
  line
}) => {
  const { slug, project } = await line.sampleInference()
  const base = `/projects/${project.id}`
  const screens: [path: string, heading: string][] = [
    ['/projects', 'Projects'],
    [`${base}/inferences/new`, 'Set up inference'],
    [`${base}/inferences/${slug}`, 'Bare boards check'],
    ['/inferences', 'All inferences']
  ]
  for (const [path, heading] of screens) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    expect(await page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth), path).toBe(0)
  }
  const title = page.getByRole('heading', { level: 1 })
  const ordinary = await title.boundingBox()
  await page.setViewportSize({ width: 1000, height: 700 })
  await expect(page.getByRole('navigation', { name: 'Places' }).getByText('Settings')).toBeHidden()
  await expectNoViolations(page, 'the rail, folded')
  await page.setViewportSize({ width: 3840, height: 2160 })
  await expect.poll(async () => ((await title.boundingBox())?.height ?? 0) / (ordinary?.height ?? 1)).toBeCloseTo(1.5)
  const table = await page.getByRole('table').boundingBox()
  expect(table?.width).toBeLessThan(3840 * 0.75)
})
