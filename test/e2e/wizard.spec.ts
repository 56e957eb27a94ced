import { expect } from '@playwright/test'
import { routes } from '../../main/contract/index.ts'
import { DetailsPage } from './centerPage.ts'
import { boardPicture, checkPicture, test } from './lineside.ts'
import { SetupPage } from './setupPage.ts'

test.use({ refusals: true })

test('what was not saved is not left by a link, by going back, by the palette or by closing without being asked', async ({
  lineside: page,
  line
}) => {
  const { project } = await line.sampleInference()
  const setup = new SetupPage(page)
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
  const places = page.getByRole('navigation', { name: 'Places' })
  const stay = async () => {
    await expect(dialog).toBeVisible()
    await dialog.getByRole('button', { name: 'Stay here' }).click()
    await expect(dialog).toBeHidden()
    await expect(page).toHaveURL(/inferences\/new$/)
    await expect(setup.name).toHaveValue('Not saved')
  }
  await page.goto(`/projects/${project.id}/inferences`)
  await page.getByRole('link', { name: 'Set up inference' }).click()
  await places.getByRole('link', { name: /^Models/ }).click()
  await expect(page).toHaveURL(/models$/)
  await page.goBack()
  await expect(page.getByText('Changed, not saved')).toHaveCount(0)
  await setup.name.fill('Not saved')
  await expect(page.getByText('Changed, not saved')).toBeVisible()

  await places.getByRole('link', { name: /^Models/ }).click()
  await stay()
  await page.goBack()
  await stay()
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const question = await asked
  expect(question.type()).toBe('beforeunload')
  await question.dismiss()
  await expect(setup.name).toHaveValue('Not saved')
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Go to or do…' })
  await palette.getByRole('textbox').fill('settings')
  await page.keyboard.press('Enter')
  await stay()
  await page.keyboard.press('Control+k')
  await palette.getByRole('textbox').fill('settings')
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Leave' }).click()
  await expect(page).toHaveURL(/settings$/)
  const { items } = await line.client.call(routes.listInferences, { query: { project: project.id } })
  expect(items.map(({ name }) => name)).not.toContain('Not saved')
})

test('saving goes to the first thing that is wrong, section by section, and names what is taken', async ({
  lineside: page,
  line
}) => {
  const { project, name, slug } = await line.sampleInference()
  const setup = new SetupPage(page)
  const instances = setup.general.getByRole('textbox', { name: 'Instances', exact: true })
  const floor = setup.section('Model, parameters').getByRole('textbox', { name: 'Confidence floor' })
  const share = setup.sampling.getByRole('textbox', { name: /^Share of/ })
  const key = setup.section('Metadata').getByRole('textbox', { name: 'Key' })
  const wrong = page.getByRole('navigation', { name: 'Sections' }).getByRole('img', { name: 'has an error' })
  await setup.openNew(project.id, name)
  await setup.general.getByRole('button', { name: /^Advanced/ }).click()
  await instances.fill('0')
  await setup.general.getByRole('button', { name: /^Advanced/ }).click()
  await floor.fill('2')
  await share.fill('101')
  await setup.addMetadata('', 'of no key')
  await setup.save.click()
  await expect(wrong).toHaveCount(4)
  await expect(instances).toBeFocused()
  await expect(setup.general.getByText('This must be at least 1.')).toBeVisible()
  await instances.fill('1')
  await setup.run.click()
  await expect(floor).toBeFocused()
  await floor.fill('0.5')
  await expect(wrong).toHaveCount(2)
  await setup.save.click()
  await expect(share).toBeFocused()
  await share.fill('100')
  await setup.save.click()
  await expect(key).toBeFocused()
  await expect(setup.section('Metadata').getByText('This value needs a key.')).toBeVisible()
  await key.fill('Line')
  await setup.save.click()
  await expect(setup.general.getByText('This name is taken in this project.')).toBeVisible()
  await expect(setup.name).toBeFocused()
  await setup.name.fill('Another')
  await setup.general.getByRole('textbox', { name: 'Name in the address' }).fill(slug)
  await setup.save.click()
  await expect(setup.general.getByText('Another inference answers at this address.')).toBeVisible()
  await setup.general.getByRole('textbox', { name: 'Name in the address' }).fill('')
  await setup.save.click()
  await expect(page.getByRole('heading', { name: 'Another', level: 1 })).toBeVisible()
  expect(await line.client.call(routes.getSetup, { params: { slug: 'another' } })).toMatchObject({
    general: { instances: 1 },
    parameters: { confidence: 0.5 },
    sampling: { random: { probability: 1 } },
    metadata: { Line: 'of no key' }
  })
})

test('a new setup is good as it is: name, resources, shutdown time and parameters have their defaults and ranges', async ({
  lineside: page,
  line
}) => {
  const { project } = await line.sampleInference()
  const { cpu } = await line.client.call(routes.workstation, {})
  await line.client.call(routes.changeSettings, { body: { resources: { cpuThreads: 64 } } })
  const setup = new SetupPage(page)
  const details = new DetailsPage(page)
  const general = (name: string) => setup.general.getByRole('textbox', { name, exact: true })
  const shutdown = setup.general.getByRole('combobox', { name: 'Shutdown time' })
  await page.goto(`/projects/${project.id}/inferences/new`)
  await expect(page.getByText('API inference')).toBeVisible()
  await expect(setup.name).toHaveValue('Inspection')
  await expect(setup.general.getByRole('textbox', { name: 'Address', exact: true })).toHaveValue(
    /\/v1\/inferences\/inspection\/predict$/
  )
  await expect(shutdown).toHaveValue('Never')
  await expect(setup.general.getByRole('switch', { name: /GPU/ })).toHaveCount(0)
  await setup.general.getByRole('button', { name: /^Advanced/ }).click()
  const threads = Math.max(1, Math.min(4, Math.floor(cpu.cores / 2)))
  await expect(general('CPU threads of each instance')).toHaveValue(String(threads))
  await expect(general('Instances')).toHaveValue('1')
  await expect(general('Queue length')).toHaveValue('32')
  await expect(general('Deadline')).toHaveValue('10000')
  const model = setup.section('Model, parameters')
  await expect(model.getByText('0 to 1, default 0.25')).toBeVisible()
  await expect(model.getByText('0 to 1, default 0.7')).toBeVisible()
  await expect(model.getByText('1 to 1000, default 300')).toBeVisible()

  await general('Instances').fill('2')
  await general('CPU threads of each instance').fill('1')
  await setup.choose(shutdown, 'After some hours')
  await general('Hours after its start').fill('2')
  await model.getByRole('textbox', { name: 'Most detections' }).fill('1')
  await model.getByRole('textbox', { name: 'Overlap limit (IoU)' }).fill('0.5')
  await model.getByRole('switch', { name: /^Overlap across classes/ }).check()
  await expect(setup.inShort).toContainText(
    '2 instances with 1 CPU thread each. It shuts down 2 hours after its start.'
  )
  await setup.runUntilHealthy()
  await expect(details.head).toContainText('shuts down in 119 min')
  for (const number of [1, 2]) await expect(details.instance(number)).toContainText('ready')
  await expect(details.part('Health')).toContainText('Instance 2')
  const { predictions } = await line.answer('inspection', boardPicture('board-01.png'))
  expect(predictions).toHaveLength(1)
  const { parameters } = await line.client.call(routes.getSetup, { params: { slug: 'inspection' } })
  expect(parameters).toEqual({ confidence: 0.25, iou: 0.5, maxDetections: 1, classAgnostic: true })
  const { instances } = await line.inference('inspection')
  expect(new Set(instances.map(({ pid }) => pid)).size).toBe(2)
  await line.stop('inspection')

  // Its minute is not over before the test is.
  const inFiveHours = new Date(Date.now() + 5 * 3_600_000 + 60_000)
  inFiveHours.setSeconds(0, 0)
  const time = [inFiveHours.getHours(), inFiveHours.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
  await page.goto(`/projects/${project.id}/inferences/new`)
  await expect(setup.name).toHaveValue('Inspection 2')
  await setup.choose(shutdown, 'At a time of day')
  await setup.general.getByLabel('Time', { exact: true }).fill('')
  await setup.save.click()
  await expect(setup.general.getByLabel('Time', { exact: true })).toBeFocused()
  await setup.general.getByLabel('Time', { exact: true }).fill(time)
  await expect(setup.inShort).toContainText(`It shuts down at ${time}.`)
  await setup.runUntilHealthy()
  await expect(details.head).toContainText('shuts down in 5 h')
  const { shutdownAt } = await line.inference('inspection-2')
  expect(Math.abs(Date.parse(shutdownAt ?? '') - inFiveHours.getTime())).toBeLessThan(100)
})

test('a classifier may use the GPU; where there is none, the setup and the run say so and the CPU computes', async ({
  lineside: page,
  line
}) => {
  const { project } = await line.inference('board-check')
  const { gpu } = await line.client.call(routes.workstation, {})
  const setup = new SetupPage(page)
  const details = new DetailsPage(page)
  const use = setup.general.getByRole('switch', { name: /^Use the GPU/ })
  await setup.openNew(project.id, 'With GPU')
  await expect(use).toBeChecked()
  await expect(
    setup.general.getByText(gpu === null ? 'None found, the CPU is used.' : `${gpu} computes.`)
  ).toBeVisible()
  await expect(setup.inShort).toContainText(`on the ${gpu === null ? 'CPU' : 'GPU'}`)
  await setup.runUntilHealthy()
  const health = details.part('Health')
  const [instance] = (await line.inference('with-gpu')).instances
  if (instance?.fallback)
    await expect(health).toContainText(`CPU, as nothing faster could be used (${instance.fallback})`)
  else await expect(health).toContainText((instance?.provider ?? '').toUpperCase())
  expect(instance?.provider === 'cpu').toBe(instance?.fallback !== null)
  await line.answer('with-gpu', checkPicture('good-1.png'))
  await line.stop('with-gpu')

  await setup.openNew(project.id, 'Without GPU')
  await use.uncheck()
  await setup.runUntilHealthy()
  await expect(health).toContainText(/Instance 1\s*CPU,/)
  await expect(health).not.toContainText('nothing faster')
})
