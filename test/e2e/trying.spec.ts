import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { predictAnswer, routes, type NewSetupInput } from '../../main/contract/index.ts'
import { isHere, runProgram } from '../helpers/programs.ts'
import { Receiver } from '../helpers/receiver.ts'
import { unzip } from '../helpers/unzip.ts'
import { DetailsPage } from './centerPage.ts'
import { dropFiles } from './drop.ts'
import { boardPicture, test } from './lineside.ts'

const picture = boardPicture('board-02.jpg')

test('a picture that is dropped is tried: drawn, but neither recorded, counted, put out, nor work for an idle run', async ({
  lineside: page,
  line
}) => {
  const receiver = await Receiver.start()
  try {
    const { project, model } = await line.sampleInference()
    const body: NewSetupInput = {
      project: project.id,
      type: 'api',
      name: 'Watched',
      model: model.id,
      general: { shutdown: { kind: 'idle', minutes: 90 } },
      sampling: { random: { probability: 1 } },
      verdict: { rules: [{ name: 'any short', when: { classes: ['short'] }, outcome: 'NG' }] },
      outputs: [{ kind: 'webhook', name: 'Gate', url: receiver.url }]
    }
    const { slug } = await line.client.call(routes.createInference, { body })
    await line.run(slug)
    const details = new DetailsPage(page)
    await details.open(project.id, slug)
    await expect(details.head).toContainText(/shuts down in (89|90) min/)
    const endOf = async () => Date.parse((await line.inference(slug)).shutdownAt ?? '')
    const end = await endOf()
    const latest = details.part('Latest')
    await dropFiles(latest.getByText('No picture yet'), [picture])
    const tried = page.getByTestId('tried')
    await expect(tried).toContainText(/[1-9]\d* predictions?/)
    const drawn = latest.locator('g[data-class]')
    await expect(drawn.first()).toBeVisible()
    const marks = await drawn.count()
    const now = await line.inference(slug)
    expect(now).toMatchObject({ counter: { ok: 0, warn: 0, ng: 0, errors: 0 }, outputs: [{ delivered: 0, queued: 0 }] })
    expect(now.figures).toMatchObject({ requests: 0, recorded: 0, verdicts: { ok: 0, warn: 0, ng: 0 } })
    expect((await line.client.call(routes.latest, { params: { slug } })).items).toEqual([])
    expect((await line.client.call(routes.listSamples, { query: { inference: slug } })).items).toEqual([])
    // The clocks of the two are read apart.
    expect(Math.abs((await endOf()) - end)).toBeLessThan(20)

    await page.getByRole('button', { name: 'Back to latest' }).click()
    await expect(latest.getByText('No picture yet')).toBeVisible()
    const { requestId, predictions, sample } = await line.answer(slug, picture)
    expect(predictions).toHaveLength(marks)
    await expect(drawn).toHaveCount(marks)
    await expect(details.figure('Requests')).toContainText('1')
    await expect(details.part('Health')).toContainText(/Gate\s*1 sent/)
    expect(receiver.received.map(({ body: sent }) => sent)).toMatchObject([{ requestId }])
    expect(await endOf()).toBeGreaterThan(end + 20)
    await details.figure('Recorded').getByRole('link', { name: 'See' }).click()
    await page.getByRole('link', { name: /^Sample/ }).click()
    await expect(page).toHaveURL(new RegExp(`/samples/${sample?.id}`))
  } finally {
    await receiver.down()
  }
})

test('the calls that are copied from the window work as they are, and are counted; diagnostics tell of them', async ({
  lineside: page,
  context,
  line
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { project, slug, endpoint } = await line.sampleInference()
  await line.run(slug)
  const details = new DetailsPage(page)
  await details.open(project.id, slug)
  const folder = await mkdtemp(join(tmpdir(), 'lineside-call-'))
  const call = details.part('Call it')
  const copied = async (language: string) => {
    await call.getByRole('tab', { name: language, exact: true }).click()
    await call.getByRole('button', { name: /^Cop/ }).click()
    await expect(call.getByRole('button', { name: 'Copied' })).toBeVisible()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(text).toContain(endpoint)
    await expect(call.getByRole('region', { name: `The call in ${language}` })).toHaveText(text)
    return text
  }
  try {
    await copyFile(picture, join(folder, 'picture.jpg'))
    const script = await copied('Node')
    await writeFile(join(folder, 'call.mjs'), script)
    const plain = { FORCE_COLOR: '0' }
    const said = (await runProgram([process.execPath, 'call.mjs'], folder, plain)).trim().split('\n')
    let ran = 1
    const shell = await copied('curl')
    if (isHere('curl')) {
      const answer = predictAnswer.parse(JSON.parse(await runProgram(['sh', '-c', shell], folder)))
      expect(answer.predictions.map((one) => `${one.class} ${one.confidence}`)).toEqual(said)
      ran++
    } else test.info().annotations.push({ type: 'not run', description: 'curl is not here' })
    const python = await copied('Python')
    if (isHere('python3')) {
      await writeFile(join(folder, 'call.py'), python)
      expect((await runProgram(['python3', 'call.py'], folder)).trim().split('\n')).toHaveLength(said.length)
      ran++
    } else test.info().annotations.push({ type: 'not run', description: 'Python 3 is not here' })
    await copied('C#')
    await expect(details.figure('Requests')).toContainText(String(ran))
    await expect(details.figure('Recorded')).toContainText(String(ran))

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      details.part('Health').getByRole('link', { name: 'Diagnostics' }).click()
    ])
    const archive = unzip(await readFile(await download.path()))
    const run = (await line.inference(slug)).run?.id
    expect([...archive.keys()]).toContain(`logs/runs/${run}.log`)
    expect(String(archive.get(`inferences/${slug}/runs.json`))).toContain(`"id": "${run}"`)
    expect([...archive.keys()].some((name) => name.startsWith('inferences/') && !name.includes(`/${slug}/`))).toBe(
      false
    )
    expect([...archive.values()].some((content) => content.includes(line.host.token))).toBe(false)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
