import { expect } from '@playwright/test'
import { routes } from '../../main/contract/index.ts'
import { expectNoViolations } from './axe.ts'
import { dropFiles } from './drop.ts'
import { test } from './lineside.ts'
import { choose, chooseOperator, clientOf, groupOf, openSizes, plate, platesOf } from './sizesSection.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test(`thresholds are tried on a picture and chosen from what was recorded, ${colorScheme}`, async ({
    lineside: page,
    host,
    line
  }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 1280, height: 720 })
    const client = clientOf(host)
    const { project, model } = await platesOf(client)
    const body = { project: project.id, model: model.id, type: 'api' as const, name: 'All' }
    await client.call(routes.createInference, { body: { ...body, sampling: { random: { probability: 1 } } } })
    await line.run('all')
    for (const number of [1, 2, 3, 4]) await line.post('all', plate(number))

    const section = await openSizes(page, host)
    const threshold = groupOf(section, 'Threshold')
    const panel = groupOf(section, 'Try on a picture')
    await dropFiles(panel.getByText('Try on a picture'), [plate(1)])
    const drawn = panel.locator('g[data-class]')
    await expect(drawn.first()).toBeVisible()
    const rows = panel.getByRole('list').getByRole('listitem')
    await expect(rows.first()).toContainText(/[\d,]+\spx/)
    const words = await rows.allTextContents()
    const areas = words.map((text) => Number(/([\d,]+)\spx/.exec(text)?.[1]?.replaceAll(',', '')))
    const classes = await drawn.evaluateAll((all) => [
      ...new Set(all.map((one) => one.getAttribute('data-class') ?? ''))
    ])
    const filled = panel.locator('g[data-filled="true"]')
    await expect(filled).toHaveCount(0)

    await choose(threshold, classes)
    await chooseOperator(threshold, 'is greater than or equal to')
    const value = threshold.getByLabel('Value', { exact: true })
    for (const least of [1, Math.max(...areas), Math.max(...areas) + 1]) {
      await value.fill(String(least))
      await expect(filled).toHaveCount(areas.filter((area) => area >= least).length)
      await expect(rows.getByText('Threshold')).toHaveCount(areas.filter((area) => area >= least).length)
    }

    await chooseOperator(threshold, 'is between')
    await value.fill('1')
    await threshold.getByLabel('Second value', { exact: true }).fill('2000')
    const handle = panel.getByRole('slider', { name: 'Second value on the scale' })
    await expect(panel.getByRole('img', { name: /recorded areas? lie/ })).toBeVisible()
    await handle.focus()
    for (let press = 0; press < 12; press += 1) await page.keyboard.press('ArrowRight')
    const chosen = Number(await threshold.getByLabel('Second value', { exact: true }).inputValue())
    expect(chosen).toBeGreaterThan(2000)
    await expect(filled).toHaveCount(areas.filter((area) => area <= chosen).length)
    const box = await handle.boundingBox()
    if (!box) throw new Error('the handle is not shown')
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x - 60, box.y + box.height / 2, { steps: 5 })
    await page.mouse.up()
    await expect
      .poll(async () => Number(await threshold.getByLabel('Second value', { exact: true }).inputValue()))
      .toBeLessThan(chosen)
    await threshold.getByRole('button', { name: 'Add' }).click()
    await section.getByRole('button', { name: 'Add threshold' }).click()
    await expectNoViolations(page, 'size measurement')
    await section.getByRole('switch', { name: 'Measure sizes' }).uncheck()
    await expectNoViolations(page, 'size measurement, off')
  })
}
