import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { routes } from '../../main/contract/index.ts'
import { addBoardModel } from '../helpers/boardModels.ts'
import { CenterPage, DetailsPage } from './centerPage.ts'
import { boardPicture, test, type Line } from './lineside.ts'
import { SamplePage } from './samplePage.ts'
import { SetupPage } from './setupPage.ts'

const picture = boardPicture('board-01.png')

test.use({ refusals: true })

test('an inference is stopped, run again, edited, duplicated and deleted, each when it may; its samples stay', async ({
  lineside: page,
  line
}) => {
  const { project, slug, name } = await line.sampleInference()
  const center = new CenterPage(page)
  const details = new DetailsPage(page)
  const setup = new SetupPage(page)
  await page.goto(`/projects/${project.id}/inferences`)
  await center.run(name).click()
  await expect(center.status(name, 'healthy')).toBeVisible()
  const { sample } = await line.answer(slug, picture)
  await expect(await center.menuItem(name, 'Edit setup (when stopped)')).toBeDisabled()
  await expect(page.getByRole('menuitem', { name: 'Delete (when stopped)' })).toBeDisabled()
  await page.goto(`/projects/${project.id}/inferences/${slug}/setup`)
  await expect(page.getByText('A setup can be changed once its inference is stopped.')).toBeVisible()

  await page.goto(`/projects/${project.id}/inferences`)
  await center.stop(name).click()
  await expect(center.status(name, 'stopped')).toBeVisible()
  await center.run(name).click()
  await expect(center.status(name, 'healthy')).toBeVisible()
  await page.getByRole('link', { name, exact: true }).click()
  const runs = details.part('Runs').getByRole('row')
  await expect(runs).toHaveCount(3)
  await expect(runs.nth(1)).toContainText(/running.*0$/)
  await line.answer(slug, picture)
  await expect(runs.nth(1)).toContainText(/running.*1$/)
  await expect(runs.nth(2)).toContainText(/stopped by a person.*1$/)
  await details.button('Stop inference').click()
  await expect(details.status('stopped')).toBeVisible()

  await page.getByRole('link', { name: 'Edit setup' }).click()
  await setup.name.fill('Renamed')
  await setup.addMetadata('Shift', 'early')
  await setup.save.click()
  await expect(page.getByRole('heading', { name: 'Renamed', level: 1 })).toBeVisible()
  await expect(details.setupLine('Metadata')).toContainText('Shift: early')
  await (await center.menuItem('Renamed', 'Duplicate')).click()
  await expect(setup.name).toHaveValue('Renamed 2')
  await setup.save.click()
  await expect(page.getByRole('heading', { name: 'Renamed 2', level: 1 })).toBeVisible()
  const setupOf = (one: string) => line.client.call(routes.getSetup, { params: { slug: one } })
  expect(await setupOf('renamed-2')).toEqual({ ...(await setupOf(slug)), name: 'Renamed 2', slug: 'renamed-2' })

  await details.open(project.id, slug)
  await (await center.menuItem('Renamed', 'Delete')).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(
    'Its setup and its 2 runs go from the list. Its 2 samples stay in the data center.'
  )
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await (await center.menuItem('Renamed', 'Delete')).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(center.row('Renamed 2')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Renamed', exact: true })).toHaveCount(0)
  await expect(line.client.call(routes.getInference, { params: { slug } })).rejects.toThrow('NOT_FOUND')

  await page.goto(`/projects/${project.id}/samples`)
  await expect(page.getByRole('link', { name: /^Sample/ })).toHaveCount(2)
  const view = new SamplePage(page)
  await view.open(project.id, sample?.id ?? '')
  await expect(view.value('Import')).toContainText(name)
  await expect(page.locator('g[data-class]').first()).toBeVisible()
  const { items } = await line.client.call(routes.listImports, { query: { project: project.id } })
  const files = await Promise.all(items.map(({ folder }) => readdir(folder, { recursive: true })))
  expect(files.flat().filter((file) => file.endsWith('.png'))).toHaveLength(2)
})

/** Posts without a pause until it is told to stop; gives the model of each answer. */
function traffic(line: Line, slug: string) {
  const models: string[] = []
  let going = true
  const post = async () => {
    while (going) models.push((await line.answer(slug, picture)).model.name)
  }
  const posted = post()
  const stop = async () => {
    going = false
    await posted
  }
  return { models, stop }
}

test('a newer model is put under a run without a gap; one that cannot be loaded leaves the present one', async ({
  lineside: page,
  host,
  line
}) => {
  const { project, slug } = await line.sampleInference()
  const tools = {
    client: line.client,
    detector: () => line.sampleInference(),
    fetch: (path: string, init: RequestInit = {}) =>
      fetch(host.url + path, { ...init, headers: { authorization: `Bearer ${host.token}` } })
  }
  await addBoardModel(tools, { name: 'newer', version: '2.0' })
  const { sha256 } = await addBoardModel(tools, { name: 'lost', version: '3.0' })
  await rm(join(host.dataFolder, 'models', `${sha256}.onnx`))
  await line.run(slug)
  const details = new DetailsPage(page)
  await details.open(project.id, slug)
  const change = async (model: string) => {
    await details.button('Change model').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'New model' }).click()
    await page.getByRole('option', { name: model }).click()
    await dialog.getByRole('button', { name: 'Change model' }).click()
    await expect(dialog).toBeHidden()
  }
  const { models, stop } = traffic(line, slug)
  await expect.poll(() => models.length).toBeGreaterThan(2)
  await change('newer 2.0')
  await expect(details.setupLine('Model, parameters')).toContainText('newer 2.0')
  await expect(details.status('healthy')).toBeVisible()
  await expect.poll(() => models.at(-1)).toBe('newer')
  await stop()
  expect(models.filter((name, at) => name !== models[at - 1])).toEqual(['bare-boards', 'newer'])
  await expect(details.history).toContainText('“newer” 2.0 computes from now on, instead of “bare-boards” 1.0')
  await expect(details.part('Runs').getByRole('row')).toHaveCount(2)
  const { figures } = await line.inference(slug)
  expect(figures).toMatchObject({ requests: models.length, failures: 0 })

  await change('lost 3.0')
  await expect(
    page.getByText(/^lost 3\.0 could not take over, newer 2\.0 goes on: the model file cannot be opened/)
  ).toBeVisible()
  await expect(details.status('healthy')).toBeVisible()
  expect((await line.answer(slug, picture)).model.name).toBe('newer')
})
