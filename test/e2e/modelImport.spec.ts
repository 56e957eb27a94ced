import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { withExternalData } from '../helpers/externalData.ts'
import { expectNoViolations } from './axe.ts'
import { dropFiles } from './drop.ts'
import { boardPicture, test } from './lineside.ts'

const boards = 'resources/sample/bare-boards/bare-boards.onnx'
const sample = (path: string) => join('resources/sample', path)

async function openImport(page: Page, project: string, task: string) {
  await page.goto('/projects')
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name').fill(project)
  await page.getByRole('combobox', { name: 'Task' }).click()
  await page.getByRole('option', { name: task, exact: true }).click()
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('link', { name: 'Import model' }).first().click()
}

test.use({ refusals: true })

const form = (page: Page) => page.getByRole('region', { name: 'How to read this model' })
const trial = (page: Page) => page.getByRole('region', { name: 'Trial' })
const pictureInput = (page: Page) => page.getByLabel('Choose a picture to try the model on')

/** The spec of the next trial that the window asks for. */
async function nextTrial(page: Page): Promise<{ spec: { input: { resize: string; width: number } } }> {
  return (await page.waitForRequest((request) => request.url().endsWith('/v1/models/try'))).postDataJSON()
}

test('a detector by picker: read, tried, tried again after a change, saved with its classes', async ({
  lineside: page
}) => {
  await openImport(page, 'Gate 7', 'Detection')
  await page.getByLabel('Choose a model file').setInputFiles(boards)
  await expect(form(page).getByText('from the file').first()).toBeVisible()
  await page.getByRole('button', { name: 'Save model' }).click()
  await expect(page.getByText('Try the model on a picture first')).toBeVisible()

  await pictureInput(page).setInputFiles(boardPicture('board-01.png'))
  await expect(trial(page).locator('g[data-class] path').first()).toBeVisible()
  const found = page.getByTestId('trial')
  await expect(found).toContainText(/in all [\d.]+ ms/)
  const asked = nextTrial(page)
  await form(page).getByRole('combobox', { name: 'Resize' }).click()
  await page.getByRole('option', { name: /^Stretch/ }).click()
  expect((await asked).spec.input.resize).toBe('stretch')
  await expect(form(page).getByText('by you')).toHaveCount(1)

  await form(page).getByLabel('Input width').fill('333')
  await expect(trial(page).getByRole('alert')).toContainText('640')
  await form(page).getByLabel('Input width').fill('640')
  await expect(found).toHaveCSS('opacity', '1')
  await expect(trial(page).getByRole('alert')).toHaveCount(0)
  await page.getByRole('button', { name: 'Save model' }).click()
  await expect(page.getByRole('row', { name: /bare-boards.*Default.*YOLO detector.*6/ })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a segmenter by drag and drop, its masks drawn; no rule of axe is broken, ${colorScheme}`, async ({
    lineside: page
  }) => {
    await page.emulateMedia({ colorScheme })
    await openImport(page, 'Plates', 'Instance segmentation')
    await dropFiles(page.getByText('Choose a model file'), [sample('plate-defects/plate-defects.onnx')])
    await expect(form(page)).toBeVisible()
    await expect(form(page).locator('[aria-hidden] > span')).toHaveText(['0', '1', '2'])
    await expectNoViolations(page, 'form')
    await dropFiles(page.getByText('See what it finds'), [sample('plate-defects/pictures/plate-01.jpg')])
    await expect(trial(page).locator('path[class*=mask]').first()).toBeVisible()
    await expect(
      trial(page)
        .getByText(/\d\spx/)
        .first()
    ).toBeVisible()
    await expectNoViolations(page, 'trial')
  })
}

test('a classifier and a semantic model show their results before they are saved', async ({ lineside: page }) => {
  await openImport(page, 'Whole boards', 'Classification')
  await page.getByLabel('Choose a model file').setInputFiles(sample('board-check/board-check.onnx'))
  await pictureInput(page).setInputFiles(sample('board-check/pictures/defective-1.png'))
  await expect(page.getByTestId('trial')).toContainText('1 prediction')
  await openImport(page, 'Surfaces', 'Semantic segmentation')
  await page.getByLabel('Choose a model file').setInputFiles(sample('plate-surface/plate-surface.onnx'))
  await form(page).getByRole('combobox', { name: 'Family' }).click()
  await page.getByRole('option', { name: /semantic/i }).click()
  await pictureInput(page).setInputFiles(sample('plate-surface/pictures/surface-01.jpg'))
  await expect(trial(page).locator('path[class*=mask]').first()).toBeVisible()
})

test('a trial is cancelled while it runs, and can be had again', async ({ lineside: page }) => {
  await openImport(page, 'Patience', 'Detection')
  await page.getByLabel('Choose a model file').setInputFiles(boards)
  await expect(form(page)).toBeVisible()
  let letGo: () => void = () => undefined
  const held = new Promise<void>((resolve) => (letGo = resolve))
  // Only held up on its way: the host itself answers it.
  await page.route('**/v1/models/try', async (route) => {
    await held
    await route.continue().catch(() => undefined)
  })
  await pictureInput(page).setInputFiles(boardPicture('board-01.png'))
  await trial(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('The trial was cancelled.')).toBeVisible()
  letGo()
  await trial(page).getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByTestId('trial')).toBeVisible()
})

test('what is no model, lacks its data or its family says so beside where it is mended', async ({ lineside: page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'lineside-models-'))
  try {
    const { model, data } = withExternalData(await readFile('test/fixtures/models/columns.onnx'), 'weights', 'w.bin')
    const [apart, weights] = [join(folder, 'apart.onnx'), join(folder, 'w.bin')]
    await writeFile(apart, model)
    await writeFile(weights, data)
    await writeFile(join(folder, 'notes.onnx'), 'no model')
    await openImport(page, 'Odd files', 'Detection')
    const choose = page.getByLabel('Choose a model file')
    await choose.setInputFiles('README.md')
    await expect(page.getByRole('alert')).toContainText('README.md')
    await choose.setInputFiles(join(folder, 'notes.onnx'))
    await expect(page.getByRole('alert')).toContainText('not an ONNX model')
    await choose.setInputFiles(apart)
    await expect(page.getByRole('alert')).toContainText('w.bin')
    await page.getByLabel('Choose external data files').setInputFiles(weights)
    await expect(page.getByRole('region', { name: 'File', exact: true })).toContainText('w.bin')

    await page.getByRole('button', { name: 'Other file' }).click()
    await choose.setInputFiles('test/fixtures/models/unknown-layout.onnx')
    await expect(form(page).getByText('please say').first()).toBeVisible()
    await page.getByRole('button', { name: 'Save model' }).click()
    await expect(form(page).getByText('Please choose one.').first()).toBeVisible()
    await expect(form(page).getByText('Name at least one class.')).toBeVisible()
    await expect(form(page).getByRole('combobox', { name: 'Family' })).toBeFocused()
    await form(page).getByRole('combobox', { name: 'Family' }).click()
    await page.getByRole('option', { name: /classifier/i }).click()
    await expect(form(page).getByText(/the project Odd files is for Detection/)).toBeVisible()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
