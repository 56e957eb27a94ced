import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { ApiClient } from '../../main/cli/apiClient.ts'
import { routes } from '../../main/contract/index.ts'
import { expectNoViolations } from './axe.ts'
import { test, type RunningHost } from './lineside.ts'

const boards = 'resources/sample/bare-boards/bare-boards.onnx'

/** Gives the detector's sample project a second model of the same file. */
async function secondModel(host: RunningHost, project: string, name: string) {
  const client = new ApiClient(host.url, host.token)
  const [first] = (await client.call(routes.listModels, { params: { id: project } })).items
  if (!first) throw new Error('the sample project has no model')
  const body = new FormData()
  body.set('file', new Blob([await readFile(boards)]), 'second.onnx')
  body.set('spec', JSON.stringify({ ...first.spec, name }))
  await client.send(routes.createModel, { params: { id: project } }, body)
}

test.use({ refusals: true })

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name}|About ${name}`) })

async function choose(page: Page, model: string, item: string) {
  await page.getByRole('button', { name: `More for ${model}`, exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`models are looked at, made default, renamed and deleted, ${colorScheme}`, async ({
    lineside: page,
    host,
    line
  }) => {
    await page.emulateMedia({ colorScheme })
    const { project, name: inference } = await line.sampleInference()
    await secondModel(host, project.id, 'Second')
    await page.goto(`/projects/${project.id}/models`)
    await page.getByRole('button', { name: 'About Second' }).click()
    await expect(page.getByText(/^[0-9a-f]{64}$/)).toBeVisible()
    await expect(page.getByText('second.onnx')).toBeVisible()
    await expectNoViolations(page, 'models')

    await choose(page, 'Second', 'Make default')
    await expect(row(page, 'Second').getByText('Default')).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(row(page, 'bare-boards').getByText('Default')).toBeVisible()
    await choose(page, 'Second', 'Make default')
    await expect(row(page, 'Second').getByText('Default')).toBeVisible()
    await expect(page.getByText('Default', { exact: true })).toHaveCount(1)

    await choose(page, 'Second', 'Rename')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('BARE-boards')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByText('This name is taken in this project.')).toBeVisible()
    await expectNoViolations(page, 'rename')
    await dialog.getByLabel('Name').fill('Line 4')
    await dialog.getByLabel('Version').fill('2.1')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('row', { name: /Line 4 2\.1/ })).toBeVisible()

    await choose(page, 'bare-boards', 'Delete')
    await expect(dialog.getByRole('link', { name: inference })).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Delete' })).toHaveCount(0)
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await choose(page, 'Line 4', 'Delete')
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByRole('row', { name: /Line 4/ })).toHaveCount(0)
    await expect(page.getByText('Default', { exact: true })).toHaveCount(1)
  })
}

test('a model’s file is replaced once compared, not while it runs', async ({ lineside: page, line }) => {
  const { project, slug, name: inference } = await line.sampleInference()
  await line.run(slug)
  await page.goto(`/projects/${project.id}/models`)
  await choose(page, 'bare-boards', 'Replace file')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('alert')).toContainText(inference)
  await dialog.getByLabel('Choose a model file').setInputFiles('resources/sample/plate-defects/plate-defects.onnx')
  await expect(dialog.getByRole('row', { name: /Family YOLO detector YOLO segmenter/ })).toBeVisible()
  await expect(dialog.getByRole('row', { name: /Classes 6 .*scratch.* gone/ })).toBeVisible()
  await expectNoViolations(page, 'replace')
  const replace = dialog.getByRole('button', { name: 'Replace file' })
  await expect(replace).toBeDisabled()
  await line.stop(slug)
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await dialog.getByText('As the new file says').click()
  await replace.click()
  await expect(dialog.getByRole('alert')).toContainText('add it as another model')
  await page.keyboard.press('Escape')

  await choose(page, 'bare-boards', 'Replace file')
  await dialog.getByLabel('Choose a model file').setInputFiles(boards)
  await dialog.getByLabel('Version').fill('7')
  await replace.click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('row', { name: /bare-boards 7 Default/ })).toBeVisible()
})

test('files in the watched folder are offered, imported from there, dismissed or deleted', async ({
  lineside: page,
  host,
  line
}) => {
  const { folder } = await new ApiClient(host.url, host.token).call(routes.listIncoming, {})
  const { project } = await line.sampleInference()
  await page.goto(`/projects/${project.id}/models`)
  await expect(page.getByRole('button', { name: 'About bare-boards' })).toBeVisible()
  await copyFile('test/fixtures/models/columns.onnx', join(folder, 'from camera PC.onnx'))
  await writeFile(join(folder, 'torn.onnx'), 'half a mod')
  const offered = page.getByRole('region', { name: 'In the watched folder' })
  await expect(offered.getByText('YOLO detector')).toBeVisible()
  await expect(offered.getByText(/not an ONNX model/)).toBeVisible()
  await expectNoViolations(page, 'watched folder')

  await choose(page, 'torn.onnx', 'Dismiss')
  await expect(offered.getByText('torn.onnx')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(offered.getByText('torn.onnx')).toBeVisible()
  await choose(page, 'torn.onnx', 'Dismiss')
  await expect(offered.getByText('torn.onnx')).toHaveCount(0)
  expect(await readdir(folder)).toContain('torn.onnx')
  await offered.getByRole('link', { name: 'Import from camera PC.onnx' }).click()
  await expect(page.getByRole('region', { name: 'How to read this model' })).toBeVisible()
  await page.goBack()
  await choose(page, 'from camera PC.onnx', 'Delete')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(offered).toHaveCount(0)
  expect(await readdir(folder)).toEqual(['torn.onnx'])
})
