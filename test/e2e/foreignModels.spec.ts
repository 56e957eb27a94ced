import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { test } from './lineside.ts'

/** Real models of others, which are not ours to ship: ../shared beside the project, or where the environment says. */
const shared = process.env['LINESIDE_SHARED'] ?? join(import.meta.dirname, '../../../shared')
const model = (name: string) => join(shared, 'models', name)
const image = (name: string) => join(shared, 'images', name)

test.use({ refusals: true })

// Playwright's list says “skipped” for these, with the reason.
test.skip(!existsSync(model('mnist.onnx')), 'not run: ../shared/models is not here')

async function begin(page: Page, task: string, file: string) {
  await page.goto('/projects')
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name').fill(`${task} of others`)
  await page.getByRole('combobox', { name: 'Task' }).click()
  await page.getByRole('option', { name: task, exact: true }).click()
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('link', { name: 'Import model' }).first().click()
  await page.getByLabel('Choose a model file').setInputFiles(model(file))
  await expect(form(page)).toBeVisible()
}

const form = (page: Page) => page.getByRole('region', { name: 'How to read this model' })
const trial = (page: Page) => page.getByRole('region', { name: 'Trial' })

async function pick(page: Page, label: string, option: RegExp) {
  await form(page).getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option }).click()
}

async function show(page: Page, picture: string) {
  await page.getByLabel('Choose a picture to try the model on').setInputFiles(image(picture))
}

test('a float16 classifier of 1 000 classes in BGR: tench, tabby, pineapple', async ({ lineside: page }) => {
  await begin(page, 'Classification', 'squeezenet_fp16_imagenet_224.onnx')
  await page.getByLabel('Choose a file of labels').setInputFiles(model('imagenet_labels_squeezenet.txt'))
  await pick(page, 'Resize', /^Stretch/)
  await pick(page, 'Channels', /^BGR/)
  await form(page).getByLabel('Scale of a pixel').fill('1')
  for (const [picture, name, confidence] of [
    ['fish.png', /tench/, 0.738],
    ['kitten_224.png', /tabby/, 0.932],
    ['pineapple.jpg', /pineapple/, 1]
  ] as const) {
    await show(page, picture)
    const first = trial(page).getByRole('listitem').first()
    await expect(first).toContainText(name)
    expect(Math.abs(Number((await first.innerText()).match(/[\d.]+$/)?.[0]) - confidence)).toBeLessThanOrEqual(0.02)
  }
})

test('digits of one grey channel, as logits: 8', async ({ lineside: page }) => {
  await begin(page, 'Classification', 'mnist.onnx')
  await form(page)
    .getByRole('textbox', { name: /^Classes/ })
    .fill(Array.from({ length: 10 }, (_, digit) => digit).join('\n'))
  await pick(page, 'Resize', /^Stretch/)
  await form(page).getByLabel('Scale of a pixel').fill('1')
  await show(page, 'mnist_28.png')
  await expect(trial(page).getByRole('listitem').first()).toContainText(/^8/)
})

test('a semantic model with channels last: a cat on 74 % of the picture', async ({ lineside: page }) => {
  await begin(page, 'Semantic segmentation', 'deeplab_v3_mobilenet_voc.onnx')
  await form(page)
    .getByRole('textbox', { name: /^Classes/ })
    .fill(
      Array.from({ length: 21 }, (_, at) => (at === 0 ? 'background' : at === 8 ? 'cat' : `class ${at}`)).join('\n')
    )
  await pick(page, 'Background class', /^background$/)
  await pick(page, 'Resize', /^Stretch/)
  await form(page).getByLabel('Scale of a pixel').fill('0.00784313725490196')
  await form(page).getByLabel('Mean, by channel').fill('1, 1, 1')
  await show(page, 'sk_chelsea.png')
  const first = trial(page).getByRole('listitem').first()
  await expect(first).toContainText('cat')
  const area = Number((await first.innerText()).match(/([\d,]+)\s*px/)?.[1]?.replaceAll(',', ''))
  // sk_chelsea.png has 451 × 300 px.
  expect(Math.abs(area / (451 * 300) - 0.743)).toBeLessThan(0.02)
})

test('a detector whose layout no family knows is asked about, and refused as each of them', async ({
  lineside: page
}) => {
  await begin(page, 'Detection', 'fastestdet_coco_352.onnx')
  await expect(form(page).getByRole('combobox', { name: 'Family' })).toHaveValue('')
  await form(page)
    .getByRole('textbox', { name: /^Classes/ })
    .fill(Array.from({ length: 80 }, (_, at) => `class ${at}`).join('\n'))
  await pick(page, 'Resize', /^Stretch/)
  await show(page, 'sk_coffee.png')
  for (const family of [/^YOLO detector/, /^RT-DETR/]) {
    await pick(page, 'Family', family)
    await expect(trial(page).getByRole('alert')).toContainText('[1, 85, 22, 22]')
    await expect(page.getByTestId('trial')).toHaveCount(0)
  }
})
