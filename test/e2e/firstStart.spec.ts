import { expect } from '@playwright/test'
import { boardPicture, startHost, test } from './lineside.ts'

test.describe('on an empty data folder', () => {
  test.use({ firstStart: true })

  test('from the first start to a sample on the screen, by clicking', async ({ lineside: page, line }) => {
    await expect(page).toHaveURL(/\/projects\/[^/]+\/inferences\/[^/]+$/)
    await page.getByRole('button', { name: 'Run it' }).click()
    await expect(page.locator('h1 ~ [data-status="healthy"]')).toBeVisible()
    await expect(page.getByText('It is healthy. Drop a picture here, or copy this call.')).toBeVisible()

    const { slug } = await line.sampleInference()
    await page.locator('input[type=file]').setInputFiles(boardPicture('board-01.png'))
    const tried = page.getByTestId('tried')
    await expect(tried).toContainText(/[1-9]\d* predictions?/)
    await expect(tried).toContainText('in all')
    const figures = page.getByRole('region', { name: 'Figures of this run' })
    const requests = figures.getByText('Requests', { exact: true }).locator('..')
    await expect(requests).toContainText('0')

    await line.post(slug, boardPicture('board-01.png'))
    await expect(requests).toContainText('1')
    await expect(page.getByText('This is your first sample.')).toBeVisible()
    await page.getByRole('button', { name: 'Look at it' }).click()

    await expect(page).toHaveURL(/\/samples\/[0-9A-Z]{26}/)
    const boxes = page.locator('g[data-class]')
    await expect(boxes.first()).toBeVisible()
    const rows = page
      .getByRole('complementary', { name: 'Sample info' })
      .getByRole('list')
      .first()
      .getByRole('listitem')
    await expect(rows.first()).toBeVisible()
    await expect.poll(async () => (await boxes.count()) - (await rows.count())).toBe(0)
    await expect(page.getByText('shift B')).toBeVisible()
    await expect(page.getByText('from the request')).toBeVisible()

    await page.keyboard.press('Escape')
    await expect(page.getByRole('link', { name: /^Sample/ })).toHaveCount(1)
    await page.goto('/')
    await expect(page).toHaveURL(/\/projects$/)
  })
})

test('each hint goes for good once it was followed or closed, also over a reload', async ({ lineside: page, line }) => {
  const hint = page.getByRole('complementary', { name: 'First steps' })
  await page.getByRole('button', { name: 'Run it' }).click()
  await expect(hint).toContainText('It is healthy. Drop a picture here, or copy this call.')
  await page.reload()
  await expect(hint).toContainText('It is healthy.')
  await page.getByRole('button', { name: 'Copy' }).first().click()
  await expect(hint).toBeHidden()
  const { slug } = await line.sampleInference()
  await line.post(slug, boardPicture('board-01.png'))
  await expect(hint).toContainText('This is your first sample.')
  await page.getByRole('button', { name: 'Close this hint' }).click()
  await expect(hint).toBeHidden()
  await line.post(slug, boardPicture('board-03.png'))
  await page.reload()
  await expect(page.getByRole('region', { name: 'Figures of this run' })).toContainText(/Requests\s*2/)
  await expect(hint).toBeHidden()
})

test('samples can be walked through by keyboard', async ({ lineside: page, line }) => {
  const { slug, project } = await line.sampleInference()
  await line.run(slug)
  for (const name of ['board-03.png', 'board-05.png']) await line.post(slug, boardPicture(name))
  await page.goto(`/projects/${project.id}/samples`)
  await page
    .getByRole('link', { name: /^Sample/ })
    .first()
    .press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^2 of \d+$/)).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByText(/^1 of \d+$/)).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Newer sample')
})

test('a window without a session says how to get one', async ({ page, host }) => {
  await page.goto(`${host.url}/projects`)
  await expect(page.getByText('This window is not signed in')).toBeVisible()
})

test('a host that goes away is said, and what is on the screen stays', async ({ page }) => {
  const host = await startHost()
  await page.goto(host.openUrl)
  await expect(page.getByRole('button', { name: 'Run it' })).toBeVisible()
  await host.stop()
  await expect(page.getByText(/host is away\. Try [2-9]/)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})
