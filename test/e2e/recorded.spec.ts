import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { routes, type Prediction, type Sample } from '../../main/contract/index.ts'
import { DetailsPage } from './centerPage.ts'
import { boardPicture, test, type Line } from './lineside.ts'
import { reasonWords, SamplePage } from './samplePage.ts'
import { SetupPage } from './setupPage.ts'
import { choose, chooseOperator, groupOf, plate } from './sizesSection.ts'

const plates = Array.from({ length: 8 }, (_, index) => plate(index + 1))
const areaOf = ({ mask }: Prediction) => mask?.areaPx ?? 0

/** What the model finds on each picture, asked before anything is set up. */
async function foundOn(line: Line, pictures: readonly string[]): Promise<Prediction[][]> {
  const { slug } = await line.inference('plate-defects-check')
  await line.run(slug)
  const all: Prediction[][] = []
  for (const picture of pictures) all.push((await line.answer(slug, picture)).predictions)
  await line.stop(slug)
  return all
}

/** Ends between which, of all confidences, only the lowest lies; with two decimals, as they are typed. */
function lowestOf(found: readonly Prediction[][]) {
  const lowest = Math.min(...found.flat().map(({ confidence }) => confidence))
  return { from: Math.floor(lowest * 100) / 100, to: Math.floor(lowest * 100 + 1) / 100 }
}

/** The class that is found on the fewest pictures. */
function rarestOf(found: readonly Prediction[][]): string {
  const pictures = (name: string) => found.filter((one) => one.some((prediction) => prediction.class === name)).length
  const classes = [...new Set(found.flat().map((one) => one.class))]
  return classes.toSorted((a, b) => pictures(a) - pictures(b))[0] ?? ''
}

/** All samples of an inference, the oldest first. */
async function samplesOf(line: Line, slug: string): Promise<Sample[]> {
  const { items } = await line.client.call(routes.listSamples, { query: { inference: slug, limit: 100 } })
  const samples = items.map(({ id }) => line.client.call(routes.getSample, { params: { id } }))
  return (await Promise.all(samples)).toReversed()
}

/** The pictures in the folder of the only run that recorded for an inference. */
async function filesOf(line: Line, importId: string): Promise<Buffer[]> {
  const { items } = await line.client.call(routes.listImports, { query: {} })
  const folder = items.find(({ id }) => id === importId)?.folder ?? ''
  const names = await readdir(folder, { recursive: true })
  return Promise.all(names.filter((name) => name.endsWith('.jpg')).map((name) => readFile(join(folder, name))))
}

test('a picture is recorded if any rule holds, for all that held, and no other picture is', async ({
  lineside: page,
  line
}) => {
  const { project } = await line.inference('plate-defects-check')
  const found = await foundOn(line, plates)
  const classes = [...new Set(found.flat().map((one) => one.class))]
  const largest = Math.max(...found.flat().map(areaOf))
  const range = lowestOf(found)
  const rare = rarestOf(found)
  const [doubted] = found.flat().toSorted((a, b) => Math.abs(a.confidence - 0.6) - Math.abs(b.confidence - 0.6))
  const least = Math.ceil((doubted?.confidence ?? 0) * 100) / 100
  const isUnknown = (one: Prediction) => one.class === doubted?.class && one.confidence < least
  const expected = found.map((predictions, at) =>
    [
      at === 0 && 'interval',
      predictions.some(({ confidence }) => confidence >= range.from && confidence <= range.to) && 'confidence',
      predictions.some(isUnknown) && 'unknown',
      predictions.some((one) => one.class === rare && !isUnknown(one)) && `class:${rare}`,
      predictions.some((one) => areaOf(one) >= largest) && 'size:Threshold'
    ].filter((reason) => reason !== false)
  )
  const recorded = expected.filter((reasons) => reasons.length > 0).length
  expect(recorded).toBeLessThan(plates.length)
  expect(Math.max(...expected.map((reasons) => reasons.length))).toBeGreaterThan(1)

  const setup = new SetupPage(page)
  await setup.openNew(project.id, 'Any of these')
  await setup.sampling.getByRole('textbox', { name: /^Share of/ }).fill('0')
  await expect(setup.sampling.getByText('No request is recorded.')).toBeVisible()
  await setup.rule('By confidence').check()
  await setup.sampling.getByRole('textbox', { name: 'Lowest confidence' }).fill(String(range.from))
  await setup.sampling.getByRole('textbox', { name: 'Highest confidence' }).fill(String(range.to))
  await setup.rule('By class').check()
  await setup.sampling.getByRole('button', { name: rare, exact: true }).click()
  await setup.rule('Unknowns').check()
  await setup.rule('At an interval').check()
  await setup.sampling.getByRole('textbox', { name: 'Seconds between' }).fill('3600')
  const sizes = setup.section('Detection size measurement')
  await sizes.getByRole('switch', { name: 'Measure sizes' }).check()
  const threshold = groupOf(sizes, 'Threshold')
  await choose(threshold, classes)
  await chooseOperator(threshold, 'is greater than or equal to')
  await threshold.getByLabel('Value', { exact: true }).fill(String(largest))
  await threshold.getByRole('switch', { name: /^Include in sampling/ }).check()
  const thresholds = setup.section('Class thresholds')
  await setup.choose(thresholds.getByRole('combobox', { name: 'Source' }), 'Manually edit thresholds')
  await thresholds.getByRole('textbox', { name: `Threshold of ${doubted?.class}` }).fill(String(least))
  await setup.runUntilHealthy()

  const answers = []
  for (const [at, picture] of plates.entries()) {
    const headers = { 'x-request-id': `plate-${at}` }
    answers.push(await line.answer('any-of-these', picture, { headers }))
  }
  const reasonsIn = (reasons: readonly string[]) => reasons.toSorted()
  const answered = answers.map(({ sample }) => (sample && 'reasons' in sample ? reasonsIn(sample.reasons) : []))
  expect(answered).toEqual(expected.map(reasonsIn))
  const samples = await samplesOf(line, 'any-of-these')
  expect(samples).toHaveLength(recorded)
  const posted = await Promise.all(plates.filter((_, at) => expected[at]?.length).map((picture) => readFile(picture)))
  const files = await filesOf(line, samples[0]?.importId ?? '')
  const bytesOf = (all: Buffer[]) => all.map((one) => one.toString('base64')).toSorted()
  expect(bytesOf(files)).toEqual(bytesOf(posted))

  const details = new DetailsPage(page)
  await expect(details.figure('Recorded')).toContainText(String(recorded))
  await details.figure('Recorded').getByRole('link', { name: 'See' }).click()
  const tiles = page.getByRole('link', { name: /^Sample/ })
  await expect(tiles).toHaveCount(recorded)
  await tiles.last().click()
  const view = new SamplePage(page)
  for (const [number, sample] of samples.entries()) {
    if (number > 0) await page.keyboard.press('ArrowLeft')
    await expect(view.value('Request')).toHaveText(sample.requestId)
    const why = expected[Number(sample.requestId.split('-')[1])] ?? []
    await expect
      .poll(async () => (await view.reasons.allTextContents()).toSorted())
      .toEqual(why.map(reasonWords).toSorted())
  }
})

test('a limit that is reached is shown; the next picture is recorded by hand; candidates are seen, not answered', async ({
  lineside: page,
  line
}) => {
  const { project } = await line.sampleInference()
  const setup = new SetupPage(page)
  const details = new DetailsPage(page)
  const view = new SamplePage(page)
  await setup.openNew(project.id, 'Limited')
  await setup.sampling.getByRole('textbox', { name: /^Share of/ }).fill('100')
  await setup.sampling.getByRole('button', { name: /^Limits/ }).click()
  await setup.sampling.getByLabel('Random, per hour').fill('2')
  await setup.runUntilHealthy()
  const picture = boardPicture('board-01.png')
  const outcomes = []
  for (let count = 0; count < 3; count++) outcomes.push((await line.answer('limited', picture)).sample)
  const [first, second, third] = outcomes
  expect([first, second]).toMatchObject([{ reasons: ['random'] }, { reasons: ['random'] }])
  expect(third).toEqual({ id: null, limited: ['random'] })
  await expect(details.part('Health')).toContainText('a limit held back: at random (1)')
  await details.button('Record the next picture').click()
  await expect(page.getByText('The next picture of Limited is recorded')).toBeVisible()
  const byHand = (await line.answer('limited', picture)).sample
  expect(byHand).toMatchObject({ reasons: ['manual'] })
  expect((await line.answer('limited', picture)).sample).toEqual({ id: null, limited: ['random'] })
  await expect(details.figure('Recorded')).toContainText('3')
  expect(await samplesOf(line, 'limited')).toHaveLength(3)
  await view.open(project.id, byHand?.id ?? '')
  await expect(view.reasons).toHaveText(['by hand'])
  await line.stop('limited')

  await setup.openNew(project.id, 'Below the floor')
  await setup.section('Model, parameters').getByRole('textbox', { name: 'Confidence floor' }).fill('0.9')
  await setup.rule('Random').uncheck()
  await setup.rule('By confidence').check()
  await setup.sampling.getByRole('textbox', { name: 'Lowest confidence' }).fill('0.3')
  await setup.sampling.getByRole('textbox', { name: 'Highest confidence' }).fill('0.89')
  await setup.runUntilHealthy()
  const answer = await line.answer('below-the-floor', boardPicture('board-03.png'))
  expect(answer.predictions.filter(({ confidence }) => confidence < 0.9)).toEqual([])
  expect(answer.sample).toMatchObject({ reasons: ['confidence'] })
  await view.open(project.id, answer.sample?.id ?? '')
  await expect(view.rows(/^Predictions/)).toHaveCount(answer.predictions.length)
  const candidates = view.rows(/^Below the confidence floor/)
  await expect(candidates.first()).toBeVisible()
  for (const words of await candidates.allInnerTexts()) {
    const confidence = Number(words.match(/0\.\d\d/)?.[0])
    expect(confidence).toBeGreaterThanOrEqual(0.3)
    expect(confidence).toBeLessThanOrEqual(0.9)
  }
})
