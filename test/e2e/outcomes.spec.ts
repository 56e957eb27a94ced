import { expect } from '@playwright/test'
import { routes, type NewSetupInput, type Prediction } from '../../main/contract/index.ts'
import { DetailsPage } from './centerPage.ts'
import { test } from './lineside.ts'
import { SamplePage } from './samplePage.ts'
import { plate } from './sizesSection.ts'

type Rules = NonNullable<NewSetupInput['verdict']>['rules']

test('the worst outcome wins and the first such rule is named: in the answer, in the sample, in the counter', async ({
  lineside: page,
  line
}) => {
  const { project, model } = await line.inference('plate-defects-check')
  const isLarge = ({ mask }: Prediction) => (mask?.areaPx ?? 0) >= 2200
  const has = (name: string) => (all: readonly Prediction[]) => all.some((one) => one.class === name && !one.unknown)
  const holds: [name: string, outcome: 'OK' | 'WARN' | 'NG', isSo: (all: readonly Prediction[]) => boolean][] = [
    ['dented', 'WARN', has('dent')],
    ['too large', 'NG', (all) => all.some(isLarge)],
    ['many scratches', 'NG', (all) => all.filter((one) => one.class === 'scratch' && !one.unknown).length >= 2],
    ['doubtful', 'WARN', (all) => all.some(({ unknown }) => unknown)]
  ]
  const rules: Rules = [
    { name: 'dented', outcome: 'WARN', when: { classes: ['dent'] } },
    { name: 'too large', outcome: 'NG', when: { sizeThresholds: ['Large'] } },
    { name: 'many scratches', outcome: 'NG', when: { count: { classes: ['scratch'], atLeast: 2 } } },
    { name: 'doubtful', outcome: 'WARN', when: { unknown: true } }
  ]
  const classes = ['scratch', 'dent', 'stain']
  const large = { name: 'Large', classes, operator: 'gte' as const, value: 2200 }
  const body: NewSetupInput = {
    ...{ project: project.id, type: 'api', name: 'Judged', model: model.id },
    sampling: { random: { probability: 1 } },
    sizeMeasurement: { enabled: true, thresholds: [large] },
    classThresholds: { source: 'manual', values: { stain: 0.8 } },
    verdict: { rules }
  }
  const { slug } = await line.client.call(routes.createInference, { body })
  await line.run(slug)
  const details = new DetailsPage(page)
  await details.open(project.id, slug)
  const counts = { OK: 0, WARN: 0, NG: 0 }
  const verdicts = []
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const { predictions, verdict, sample } = await line.answer(slug, plate(number))
    const held = holds.filter(([, , isSo]) => isSo(predictions))
    const first = held.find(([, outcome]) => outcome === 'NG') ?? held[0]
    const expected = first ? { outcome: first[1], rule: first[0] } : { outcome: 'OK', rule: null }
    expect(verdict).toEqual(expected)
    counts[first?.[1] ?? 'OK']++
    verdicts.push({ ...expected, sample: sample?.id ?? '' })
  }
  const refused = await fetch(`${line.host.url}/v1/inferences/${slug}/predict`, {
    method: 'POST',
    body: 'no picture',
    headers: { 'content-type': 'image/png' }
  })
  expect(refused.status).toBe(422)
  const counter = details.part('Shift counter')
  for (const [outcome, count] of Object.entries(counts))
    await expect(counter).toContainText(new RegExp(`${outcome}\\s*${count}`))
  await expect(counter).toContainText(/Errors\s*1/)
  await expect(details.figure('Requests')).toContainText('1 failed')
  const last = verdicts.at(-1)
  await expect(details.part('Latest').locator(`[data-outcome="${last?.outcome}"]`)).toBeVisible()

  const view = new SamplePage(page)
  for (const { outcome, rule, sample } of verdicts.slice(-3)) {
    await view.open(project.id, sample)
    await expect(view.info.locator('[data-outcome]')).toHaveText(rule === null ? outcome : `${outcome} · ${rule}`)
  }
  await details.open(project.id, slug)
  await counter.getByRole('button', { name: 'Reset' }).click()
  await page.getByRole('button', { name: 'Reset counter' }).click()
  await expect(counter).toContainText(/Errors\s*0/)
  const { counter: after } = await line.inference(slug)
  expect(after).toMatchObject({ ok: 0, warn: 0, ng: 0, errors: 0 })
  const clock = new Date(after.since).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  await expect(counter).toContainText(`since ${clock}`)
})
