import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { routes, type NewSetupInput } from '../../main/contract/index.ts'
import { until } from '../helpers/until.ts'
import { CenterPage, DetailsPage } from './centerPage.ts'
import { boardPicture, test, type Line } from './lineside.ts'

const picture = boardPicture('board-01.png')

/** Saves an inference on the detector's model. */
async function create(line: Line, name: string, general: NewSetupInput['general']) {
  const { project, model } = await line.sampleInference()
  const body = { project: project.id, type: 'api' as const, name, model: model.id, general }
  return line.client.call(routes.createInference, { body })
}

/** The engine process of the first instance. */
const engineOf = (line: Line, slug: string) =>
  until('an engine process', async () => (await line.inference(slug)).instances[0]?.pid ?? undefined)

test('runs wait in order for what is held, say so in every window, and start by themselves', async ({
  lineside: page,
  context,
  line
}) => {
  const { project } = await line.sampleInference()
  await line.client.call(routes.changeSettings, { body: { resources: { cpuThreads: 1 } } })
  for (const name of ['First', 'Second', 'Third']) await create(line, name, { threads: 1 })
  const center = new CenterPage(page)
  const other = new DetailsPage(await context.newPage())
  await other.open(project.id, 'second')
  await expect(other.status('stopped')).toBeVisible()

  await page.goto(`/projects/${project.id}/inferences`)
  for (const name of ['First', 'Second', 'Third']) {
    await center.run(name).click()
    await expect(center.stop(name)).toBeVisible()
  }
  await expect(center.status('First', 'healthy')).toBeVisible()
  await expect(center.status('Second', 'queued')).toHaveText('In queue')
  await expect(center.row('Second')).toContainText(
    'place 1, waits for 1 CPU thread (0 of 1 are free; held by “First” 1)'
  )
  await expect(center.row('Third')).toContainText('place 2, waits for the run before it')
  await expect(other.status('queued')).toBeVisible()
  await expect(other.head).toContainText('place 1, waits for 1 CPU thread')

  await other.button('Stop inference').click()
  await expect(other.status('stopped')).toBeVisible()
  await expect(center.status('Second', 'stopped')).toBeVisible()
  await expect(center.row('Second')).toContainText('stopped by a person')
  await expect(center.row('Third')).toContainText('place 1, waits for 1 CPU thread')
  expect((await line.inference('third')).status).toBe('queued')
  await other.open(project.id, 'third')
  await expect(other.status('queued')).toBeVisible()
  await center.stop('First').click()
  await expect(center.status('First', 'stopped')).toBeVisible()
  await expect(center.status('Third', 'healthy')).toBeVisible()
  await expect(other.status('healthy')).toBeVisible()
  await line.answer('third', picture)
  await expect(other.figure('Requests')).toContainText('1')
})

test('an engine that dies is replaced; one that cannot start fails, tries again and recovers, or says that it will not', async ({
  lineside: page,
  line,
  host
}) => {
  const { project, slug, model } = await line.sampleInference()
  const details = new DetailsPage(page)
  await details.open(project.id, slug)
  await details.button('Run inference').click()
  await expect(details.status('healthy')).toBeVisible()
  process.kill(await engineOf(line, slug), 'SIGKILL')
  await expect(details.instance(1)).toContainText(/ready.*1$/)
  await expect(details.status('healthy')).toBeVisible()
  await expect(details.part('Health')).toContainText('1 restart')
  await expect(details.history.getByRole('row').nth(1)).toContainText(
    /Preparing.*the engine process was ended by SIGKILL/
  )
  await line.answer(slug, picture)
  await expect(details.instance(1)).toContainText(/ready\s*1/)

  let killing = true
  const kill = async () => {
    while (killing) {
      const { instances } = await line.inference(slug)
      for (const { pid } of instances) if (pid !== null) process.kill(pid, 'SIGKILL')
      await wait(20)
    }
  }
  const killer = kill()
  const why = details.part('Why it failed')
  await expect(why).toContainText(/instance 1: the engine process was ended by SIGKILL.*; tries again in \d+ s/)
  await expect(details.status('failed')).toBeVisible()
  await expect(details.button('Stop inference')).toBeVisible()
  killing = false
  await killer
  await expect(why).toContainText('It tries again by itself.')
  await expect(details.status('healthy')).toBeVisible()
  await expect(why).toHaveCount(0)
  await line.answer(slug, picture)
  expect((await line.inference(slug)).instances[0]?.restarts).toBeGreaterThan(2)

  await details.button('Stop inference').click()
  await expect(details.status('stopped')).toBeVisible()
  const { items } = await line.client.call(routes.listModels, { params: { id: project.id } })
  const file = join(host.dataFolder, 'models', `${items.find(({ id }) => id === model.id)?.sha256}.onnx`)
  await rename(file, `${file}.away`)
  await details.button('Run inference').click()
  await expect(details.status('failed')).toBeVisible()
  await expect(why).toContainText('will not try again by itself')
  await expect(why).toContainText('Put right what it says, then press Try now.')
  expect((await line.inference(slug)).nextTryAt).toBeNull()
  await details.button('Stop inference').click()
  await expect(details.status('stopped')).toBeVisible()
  await details.button('Run inference').click()
  await expect(why).toContainText('will not try again by itself')
  await rename(`${file}.away`, file)
  await details.button('Try now').click()
  await expect(details.status('healthy')).toBeVisible()
  await line.answer(slug, picture)
})

test('preparing and stopping are seen as they are; what was accepted is answered before the run ends', async ({
  lineside: page,
  line
}) => {
  // So long that an engine which stands still is not taken for one that hangs.
  const { project, slug } = await create(line, 'Slow', { threads: 1, deadlineMs: 120_000 })
  const details = new DetailsPage(page)
  await details.open(project.id, slug)
  await details.button('Run inference').click()
  process.kill(await engineOf(line, slug), 'SIGSTOP')
  await expect(details.status('preparing')).toBeVisible()
  await expect(details.head).toContainText(/the model is being loaded|loading the model/)
  await details.button('Stop inference').click()
  await expect(details.status('stopped')).toBeVisible()

  await details.button('Run inference').click()
  const pid = await engineOf(line, slug)
  process.kill(pid, 'SIGSTOP')
  await expect(details.status('preparing')).toBeVisible()
  process.kill(pid, 'SIGCONT')
  await expect(details.status('healthy')).toBeVisible()
  process.kill(pid, 'SIGSTOP')
  const accepted = Promise.all([1, 2, 3, 4].map(() => line.answer(slug, picture)))
  await expect(details.figure('Requests')).toContainText('2 wait')
  await details.button('Stop inference').click()
  await expect(details.status('stopping')).toBeVisible()
  await expect(details.button('Stop inference')).toBeDisabled()
  const late = await fetch((await line.inference(slug)).endpoint, { method: 'POST', body: await readFile(picture) })
  expect(late.status).toBe(409)
  process.kill(pid, 'SIGCONT')
  expect((await accepted).map(({ predictions }) => predictions.length)).not.toContain(0)
  await expect(details.status('stopped')).toBeVisible()
  await expect(details.head).toContainText('stopped by a person')
  await expect(details.figure('Requests')).toContainText('4')
  const states = details.history.getByRole('row')
  await expect(states.first()).toContainText('Stopped')
  await expect(states.nth(1)).toContainText('Stopping')
  await expect(states.nth(2)).toContainText('Healthy')
})
