import { expect } from '@playwright/test'
import { routes, type Prediction } from '../../main/contract/index.ts'
import { test } from './lineside.ts'
import { SamplePage } from './samplePage.ts'
import { SetupPage } from './setupPage.ts'
import { choose, chooseOperator, groupOf } from './sizesSection.ts'

const areaOf = ({ mask }: Prediction) => mask?.areaPx ?? 0

/** Each rule with its ends inside, as the words of the operators have it. */
const operators = {
  'is between': (area: number, from: number, to: number) => area >= from && area <= to,
  'is greater than or equal to': (area: number, from: number) => area >= from,
  'is less than or equal to': (area: number, from: number) => area <= from
}

for (const [slug, picture] of [
  ['plate-defects-check', 'resources/sample/plate-defects/pictures/plate-01.jpg'],
  ['plate-surface-check', 'resources/sample/plate-surface/pictures/surface-01.jpg']
] as const) {
  test(`thresholds of each operator, on the same classes, are met by what they say: ${slug}`, async ({
    lineside: page,
    line
  }) => {
    const { project } = await line.inference(slug)
    await line.run(slug)
    const found = (await line.answer(slug, picture)).predictions
    await line.stop(slug)
    const areas = found.map(areaOf).toSorted((a, b) => a - b)
    const [low = 0, high = 0] = [areas[0], areas.at(-2)]
    expect(low).toBeLessThan(high)
    const classes = [...new Set(found.map((one) => one.class))]

    const setup = new SetupPage(page)
    await setup.openNew(project.id, 'Measured')
    await setup.sampling.getByRole('textbox', { name: /^Share of/ }).fill('100')
    const section = setup.section('Detection size measurement')
    await section.getByRole('switch', { name: 'Measure sizes' }).check()
    // Each begins where something was measured: what lies on an end is inside.
    const rules = [
      { name: 'Threshold', operator: 'is between' as const, value: low, second: high },
      { name: 'Threshold-2', operator: 'is greater than or equal to' as const, value: high, second: 0 },
      { name: 'Threshold-3', operator: 'is less than or equal to' as const, value: low, second: 0 },
      { name: 'Threshold-4', operator: 'is greater than or equal to' as const, value: high + 1, second: 0 },
      { name: 'Threshold-5', operator: 'is between' as const, value: low + 1, second: high }
    ]
    for (const [at, { name, operator, value, second }] of rules.entries()) {
      if (at > 0) await section.getByRole('button', { name: 'Add threshold' }).click()
      const threshold = groupOf(section, name)
      await choose(threshold, classes)
      await chooseOperator(threshold, operator)
      await threshold.getByLabel('Value', { exact: true }).fill(String(value))
      if (operator === 'is between') await threshold.getByLabel('Second value', { exact: true }).fill(String(second))
      await threshold.getByRole('button', { name: 'Add', exact: true }).click()
      await threshold.getByRole('textbox', { name: 'Measurement key' }).fill('Rule')
      await threshold.getByRole('textbox', { name: 'Measurement value' }).fill(`number ${at}`)
    }
    await setup.runUntilHealthy()

    const met = (area: number) =>
      rules.filter(({ operator, value, second }) => operators[operator](area, value, second))
    const { predictions, sample } = await line.answer('measured', picture)
    expect(predictions.map(areaOf)).toEqual(found.map(areaOf))
    for (const prediction of predictions) {
      const expected = met(areaOf(prediction)).map(({ name }) => {
        return { name, metadata: { Rule: `number ${rules.findIndex((rule) => rule.name === name)}` } }
      })
      expect(prediction.sizeThresholds ?? []).toEqual(expected)
    }
    const view = new SamplePage(page)
    await view.open(project.id, sample?.id ?? '')
    const rows = view.rows(/^Predictions/)
    await expect(rows).toHaveCount(predictions.length)
    for (const [at, prediction] of predictions.entries()) {
      const badges = rows.nth(at).locator('[title^="Rule: "]')
      await expect(badges).toHaveText(met(areaOf(prediction)).map(({ name }) => name))
      await expect(rows.nth(at)).toContainText(`${areaOf(prediction).toLocaleString('en-GB')}\u00a0px`)
    }
    expect((await line.client.call(routes.getSample, { params: { id: sample?.id ?? '' } })).reasons).toEqual(['random'])
  })
}

test('sizes are not asked for where a model finds no areas', async ({ lineside: page, line }) => {
  const setup = new SetupPage(page)
  for (const slug of [(await line.sampleInference()).slug, 'board-check']) {
    await setup.openNew((await line.inference(slug)).project.id, 'No areas')
    await expect(setup.section('Detection size measurement')).toHaveCount(0)
    await expect(page.getByRole('navigation', { name: 'Sections' })).not.toContainText('Size measurement')
  }
})
