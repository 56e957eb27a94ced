import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { expect } from '@playwright/test'
import { routes } from '../../main/contract/index.ts'
import { boardPicture, test } from './lineside.ts'
import { SamplePage } from './samplePage.ts'
import { SetupPage } from './setupPage.ts'

const picture = boardPicture('board-01.png')

test('samples carry the setup’s metadata, and what a request says in a header, a form or JSON instead', async ({
  lineside: page,
  line
}) => {
  const { project } = await line.sampleInference()
  const setup = new SetupPage(page)
  const metadata = setup.section('Metadata')
  await setup.openNew(project.id, 'Gate 4')
  for (const reserved of ['timestamp', 'inference', 'run', 'model'])
    await expect(metadata.getByText(reserved, { exact: true })).toBeVisible()
  await setup.sampling.getByRole('textbox', { name: /^Share of/ }).fill('100')
  await setup.addMetadata('Location', 'floor 1')
  await setup.addMetadata('Side', 'left')
  await setup.addMetadata('Lens', '35 mm')
  await setup.addMetadata('model', 'mine')
  await setup.save.click()
  await expect(metadata.getByText(/timestamp, inference, run, model are filled in by Lineside/)).toBeVisible()
  await expect(metadata.getByRole('textbox', { name: 'Key' }).last()).toBeFocused()
  await metadata.getByRole('button', { name: 'Remove model' }).click()
  await metadata.getByRole('button', { name: 'Remove Side' }).click()
  await expect(metadata.getByText(`/v1/inferences/gate-4/predict`)).toContainText('"Location":"factory floor 2"')
  await setup.runUntilHealthy()

  const image = await readFile(picture)
  const form = new FormData()
  form.set('image', new Blob([image]), basename(picture))
  form.set('metadata', JSON.stringify({ Location: 'floor 3', Retry: true }))
  const json = { image: image.toString('base64'), metadata: { Location: 'floor 4', Shift: 2 } }
  const posted = {
    nothing: await line.answer('gate-4', picture),
    header: await line.answer('gate-4', picture, {
      // A header carries bytes, each as one character.
      headers: { 'lineside-metadata': Buffer.from('{"Location":"Halle Süd"}').toString('latin1') }
    }),
    form: await line.answer('gate-4', picture, { body: form }),
    json: await line.answer('gate-4', picture, {
      body: JSON.stringify(json),
      headers: { 'content-type': 'application/json' }
    })
  }
  const given = {
    nothing: { Location: 'floor 1', Lens: '35 mm' },
    header: { Location: 'Halle Süd', Lens: '35 mm' },
    form: { Location: 'floor 3', Lens: '35 mm', Retry: 'true' },
    json: { Location: 'floor 4', Lens: '35 mm', Shift: '2' }
  }
  const view = new SamplePage(page)
  const run = (await line.inference('gate-4')).run
  for (const way of ['nothing', 'header', 'form', 'json'] as const) {
    const { sample } = posted[way]
    await view.open(project.id, sample?.id ?? '')
    for (const [key, value] of Object.entries(given[way])) {
      const overridden = way !== 'nothing' && key !== 'Lens'
      await expect(view.value(key)).toHaveText(overridden ? `${value}from the request` : value)
    }
    await expect(view.value('Side')).toHaveCount(0)
    await expect(view.value('Inference')).toHaveText('Gate 4')
    await expect(view.value('Model')).toHaveText('bare-boards 1.0')
    await expect(view.value('Import')).toHaveText(/^Gate 4 \d{4}-\d\d-\d\d \d\d-\d\d-\d\d$/)
    await expect(view.value('Timestamp')).toHaveText(/\d\d:\d\d:\d\d\.\d{3}$/)
    const stored = await line.client.call(routes.getSample, { params: { id: sample?.id ?? '' } })
    const { timestamp, ...others } = stored.metadata
    expect(others).toEqual({ ...given[way], inference: 'Gate 4', run: run?.id, model: 'bare-boards' })
    expect(Date.parse(timestamp ?? '')).toBe(Date.parse(stored.at))
  }
})
