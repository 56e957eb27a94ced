import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { routes } from '../../main/contract/index.ts'
import { test } from './lineside.ts'
import { choose, chooseOperator, clientOf, groupOf, headOf, menu, openSizes, plate, platesOf } from './sizesSection.ts'

const onlyNumbers = 'The value must contain only numbers.'

test('a size threshold says what is wrong with it, and reads as its rule when closed', async ({
  lineside: page,
  host
}) => {
  const section = await openSizes(page, host)
  const threshold = groupOf(section, 'Threshold')
  const value = threshold.getByLabel('Value', { exact: true })
  const second = threshold.getByLabel('Second value', { exact: true })
  const rail = page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: /Size measurement/ })

  await value.pressSequentially('25o')
  await expect(threshold.getByText(onlyNumbers)).toHaveCount(0)
  await value.blur()
  await expect(threshold.getByText(onlyNumbers)).toBeVisible()
  await expect(rail.getByRole('img', { name: 'has an error' })).toBeVisible()
  for (const bad of ['', '-5', '2.5', '1e3', ' ']) {
    await value.fill(bad)
    await expect(threshold.getByText(onlyNumbers)).toBeVisible()
  }
  await value.fill('0')
  await expect(threshold.getByText('The value must contain only numbers greater than zero.')).toBeVisible()
  await value.fill('250')
  await expect(threshold.getByText(/must contain only numbers/)).toHaveCount(0)

  await second.fill('9oo')
  await second.blur()
  await expect(threshold.getByText(onlyNumbers)).toBeVisible()
  for (const notHigher of ['249', '250']) {
    await second.fill(notHigher)
    await expect(threshold.getByText('The second value must be higher than the first.')).toBeVisible()
  }
  await second.fill('251')
  await expect(threshold.getByText('The second value must be higher than the first.')).toHaveCount(0)

  await page.getByRole('button', { name: 'Save setup' }).click()
  await expect(threshold.getByText('Choose at least one class.')).toBeVisible()
  await expect(threshold.getByLabel('Classes')).toBeFocused()
  await choose(threshold, ['scratch', 'dent'])
  await expect(threshold.getByText('Choose at least one class.')).toHaveCount(0)
  await expect(rail.getByRole('img', { name: 'complete' })).toBeVisible()

  await headOf(section, 'Threshold').click()
  await expect(section.getByText(/^(scratch, dent|dent, scratch), 250 to 251\spx$/)).toBeVisible()
  await headOf(section, 'Threshold').click()
  await chooseOperator(threshold, 'is greater than or equal to')
  await expect(second).toHaveCount(0)
  await headOf(section, 'Threshold').click()
  await expect(section.getByText(/, 250\spx and more$/)).toBeVisible()
  await headOf(section, 'Threshold').click()
  await chooseOperator(threshold, 'is less than or equal to')
  await headOf(section, 'Threshold').click()
  await expect(section.getByText(/, 250\spx and less$/)).toBeVisible()
})

test('names count up from the lowest free number, are changed in place, and stay unique', async ({
  lineside: page,
  host
}) => {
  const section = await openSizes(page, host)
  const add = section.getByRole('button', { name: 'Add threshold' })
  const field = section.getByLabel('Name of the threshold')
  await add.click()
  await add.click()
  for (const name of ['Threshold', 'Threshold-2', 'Threshold-3']) await expect(headOf(section, name)).toBeVisible()

  await menu(section, 'Threshold-2', 'Delete')
  await expect(headOf(section, 'Threshold-2')).toHaveCount(0)
  await add.click()
  await expect(headOf(section, 'Threshold-2')).toBeVisible()
  await expect(headOf(section, 'Threshold-4')).toHaveCount(0)

  await section.getByRole('button', { name: 'Rename Threshold', exact: true }).click()
  await expect(field).toBeFocused()
  await field.fill('Scuffs')
  await field.press('Enter')
  await expect(headOf(section, 'Scuffs')).toBeVisible()
  await expect(section.getByRole('button', { name: 'Rename Scuffs' })).toBeFocused()
  await add.click()
  await expect(headOf(section, 'Threshold')).toBeVisible()

  await menu(section, 'Threshold-3', 'Edit')
  await expect(field).toBeFocused()
  await field.fill('Specks')
  await section.getByText('Measured in pixels').click()
  await expect(headOf(section, 'Specks')).toBeVisible()
  await section.getByRole('button', { name: 'Rename Specks' }).click()
  await field.fill('Dots')
  await field.press('Escape')
  await expect(headOf(section, 'Specks')).toBeVisible()

  await section.getByRole('button', { name: 'Rename Specks' }).click()
  await field.fill(' Scuffs ')
  await field.press('Enter')
  await expect(section.getByText('Another threshold has this name.')).toBeVisible()
  await field.fill('')
  await expect(section.getByText('This must not be empty.')).toBeVisible()
  await field.press('Escape')
  await expect(headOf(section, 'Specks')).toBeVisible()

  await menu(section, 'Specks', 'Delete')
  await page.getByRole('alert').filter({ hasText: 'Specks was deleted' }).getByRole('button', { name: 'Undo' }).click()
  await expect(headOf(section, 'Specks')).toBeVisible()
})

test('a threshold is set up by keyboard alone', async ({ lineside: page, host }) => {
  const { project } = await platesOf(clientOf(host))
  await page.goto(`/projects/${project.id}/inferences/new`)
  const section = page.getByRole('region', { name: 'Detection size measurement' })
  const { keyboard } = page
  await section.getByRole('switch', { name: 'Measure sizes' }).focus()
  await keyboard.press('Space')
  const threshold = groupOf(section, 'Threshold')
  await expect(threshold.getByLabel('Classes')).toBeFocused()
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await keyboard.press('Escape')
  await keyboard.press('Tab')
  await expect(threshold.getByRole('combobox', { name: 'Operator' })).toBeFocused()
  await keyboard.press('Tab')
  await keyboard.type('250')
  await keyboard.press('Tab')
  await keyboard.type('900')
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await expect(threshold.getByRole('textbox', { name: 'Measurement key' })).toBeFocused()
  await keyboard.type('lens')
  await keyboard.press('Tab')
  await keyboard.type('35 mm')
  await keyboard.press('Shift+Tab')
  await keyboard.press('Shift+Tab')
  await keyboard.press('Shift+Tab')
  await keyboard.press('Shift+Tab')
  await keyboard.press('Shift+Tab')
  await expect(threshold.getByLabel('Classes')).toBeFocused()
  await threshold.getByRole('switch', { name: /^Include in sampling/ }).press('Space')
  const field = section.getByLabel('Name of the threshold')
  await section.getByRole('button', { name: 'Rename Threshold' }).press('Enter')
  await expect(field).toBeFocused()
  await keyboard.type('Scuffs')
  await keyboard.press('Enter')
  await headOf(section, 'Scuffs').press('Enter')
  await expect(section.getByText(/, 250 to 900\spx$/)).toBeVisible()
  await section.getByRole('button', { name: 'More for Scuffs' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Edit' }).press('Enter')
  await expect(field).toBeFocused()
  await keyboard.type('Marks')
  await keyboard.press('Escape')
  await expect(section.getByRole('button', { name: 'Rename Scuffs' })).toBeFocused()

  const sampling = page.getByRole('region', { name: 'Sampling' })
  await sampling.getByRole('button', { name: 'Scuffs' }).press('Enter')
  await expect(headOf(section, 'Scuffs')).toBeFocused()
  await expect(headOf(section, 'Scuffs')).toHaveAttribute('aria-expanded', 'true')
  await page.getByLabel('Name', { exact: true }).fill('By keys')
  await page.getByRole('button', { name: 'Save setup' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'By keys' })).toBeVisible()
  const { sizeMeasurement } = await clientOf(host).call(routes.getSetup, { params: { slug: 'by-keys' } })
  expect(sizeMeasurement).toMatchObject({
    enabled: true,
    thresholds: [
      {
        name: 'Scuffs',
        operator: 'between',
        value: 250,
        secondValue: 900,
        metadata: { lens: '35 mm' },
        includeInSampling: true
      }
    ]
  })
})

test('a threshold that is included in sampling records what meets it, and nothing else', async ({
  lineside: page,
  host,
  line
}) => {
  const client = clientOf(host)
  const { project, model } = await platesOf(client)
  const query = { parameters: undefined }
  const tried = async (number: number) => {
    const body = new Uint8Array(await readFile(plate(number)))
    return (await client.send(routes.tryModel, { params: { id: model.id }, query }, body)).predictions
  }
  const found = [await tried(1), await tried(2), await tried(3)]
  const areas = found.flatMap((predictions) => predictions.map(({ mask }) => mask?.areaPx ?? 0))
  const largest = Math.max(...areas)
  const expected = found.filter((predictions) => predictions.some(({ mask }) => mask?.areaPx === largest)).length
  const classes = [...new Set(found.flat().map((one) => one.class))]

  const section = await openSizes(page, host)
  const threshold = groupOf(section, 'Threshold')
  await choose(threshold, classes)
  await chooseOperator(threshold, 'is greater than or equal to')
  await threshold.getByLabel('Value', { exact: true }).fill(String(largest))
  await threshold.getByRole('switch', { name: /^Include in sampling/ }).check()
  await section.getByRole('button', { name: 'Add threshold' }).click()
  const all = groupOf(section, 'Threshold-2')
  await choose(all, classes)
  await chooseOperator(all, 'is greater than or equal to')
  await all.getByLabel('Value', { exact: true }).fill('1')
  const sampling = page.getByRole('region', { name: 'Sampling' })
  await sampling.getByRole('switch', { name: /^Random/ }).uncheck()
  await expect(sampling.getByText('A request is recorded if any of these holds: sizes Threshold.')).toBeVisible()
  await expect(page.getByText(/It measures sizes: Threshold, Threshold-2/)).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('Sized')
  await page.getByRole('button', { name: 'Save setup' }).click()
  await expect(page.getByRole('heading', { name: 'Sized' })).toBeVisible()
  await expect(page.getByText(/Threshold-2: .*, 1\spx and more/)).toBeVisible()

  await line.run('sized')
  for (const number of [1, 2, 3]) await line.post('sized', plate(number))
  const { items } = await client.call(routes.listSamples, { query: { project: project.id, inference: 'sized' } })
  expect(items).toHaveLength(expected)
  const { reasons, predictions } = await client.call(routes.getSample, { params: { id: items[0]?.id ?? '' } })
  expect(reasons).toEqual(['size:Threshold'])
  expect(Math.max(...predictions.map(({ mask }) => mask?.areaPx ?? 0))).toBe(largest)
})
