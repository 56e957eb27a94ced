import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  predictAnswer,
  routes,
  type Model,
  type ModelSpec,
  type NewSetupInput,
  type PredictAnswer,
  type Project
} from '../../main/contract/index.ts'
import { tinySpec } from '../engine/engineProcess.ts'
import { problemOf, TestHost } from '../helpers/testHost.ts'
import { tinyModel } from '../unit/engine/models.ts'

const colours = ['red', 'green', 'blue']

let test: TestHost
let project: Project
let many: Model

beforeAll(async () => {
  test = await TestHost.start()
  const body = { name: 'Colours', task: 'classification' as const, classes: colours }
  project = await test.client.call(routes.createProject, { body })
  many = await add('logits-dynamic', tinySpec('classifier', colours))
})
afterAll(() => test.remove())

async function add(name: string, spec: ModelSpec): Promise<Model> {
  const form = new FormData()
  form.set('file', new Blob([await readFile(tinyModel(name))]), `${name}.onnx`)
  const { uploadId } = await test.client.send(routes.inspectModel, {}, form)
  const body = { uploadId, spec: { ...spec, name } }
  return test.client.call(routes.createModel, { params: { id: project.id }, body })
}

function setupOf(name: string, model: Model, general: NewSetupInput['general']): NewSetupInput {
  return { project: project.id, type: 'api', name, model: model.id, general }
}

async function running(name: string, general: NewSetupInput['general']): Promise<string> {
  const { slug } = await test.client.call(routes.createInference, { body: setupOf(name, many, general) })
  await test.client.call(routes.startInference, { params: { slug } })
  await test.untilStatus(slug, 'healthy')
  return `/v1/inferences/${slug}/predict`
}

/** A picture in which one channel alone is bright. */
async function plain(channel: number, width = 8): Promise<Buffer<ArrayBuffer>> {
  const [r = 0, g = 0, b = 0] = colours.map((_, at) => (at === channel ? 200 : 0))
  const image = sharp({ create: { width, height: 8, channels: 3, background: { r, g, b } } })
  return Buffer.from(await image.png().toBuffer())
}

async function answerOf(response: Response): Promise<PredictAnswer> {
  if (!response.ok) throw new Error(await response.text())
  return predictAnswer.parse(await response.json())
}

describe('a setup with batches', () => {
  it('is refused where the model takes one picture at a time, and where they wait as long as the deadline', async () => {
    const one = await add('logits', tinySpec('classifier', colours))
    expect([one.dynamicBatch, many.dynamicBatch]).toEqual([false, true])
    const fieldsOf = async (model: Model, general: NewSetupInput['general']) => {
      const body = JSON.stringify(setupOf('Refused', model, general))
      const headers = { 'content-type': 'application/json' }
      return (await problemOf(await test.fetch('/v1/inferences', { method: 'POST', body, headers }))).fields
    }
    expect(await fieldsOf(one, { largestBatch: 4 })).toMatchObject([
      { path: 'general.largestBatch', message: expect.stringContaining('batch axis is fixed') }
    ])
    expect(await fieldsOf(many, { largestBatch: 4, batchWaitMs: 100, deadlineMs: 100 })).toMatchObject([
      { path: 'general.batchWaitMs' }
    ])
  })

  it('runs what waits together, each answered with its own', async () => {
    const path = await running('Together', { largestBatch: 4, batchWaitMs: 900, deadlineMs: 60_000 })
    const sent = [0, 1, 2, 1].map(async (channel, at) => answerOf(await test.post(path, await plain(channel, 8 + at))))
    const answers = await Promise.all(sent)
    expect(answers.map(({ predictions }) => predictions[0]?.class)).toEqual(['red', 'green', 'blue', 'green'])
    expect(answers.map(({ image }) => image.width)).toEqual([8, 9, 10, 11])
    // One run: its time is the same to the last bit.
    expect(new Set(answers.map(({ timing }) => timing.inferMs)).size).toBe(1)
  })

  it('keeps the deadline of one that waits in a batch, and answers its neighbour', async () => {
    const path = await running('Late', { largestBatch: 2, batchWaitMs: 1000, deadlineMs: 60_000 })
    const late = await problemOf(await test.post(`${path}?deadlineMs=50`, await plain(0)))
    expect(late.code).toBe('DEADLINE_EXCEEDED')
    const answer = await answerOf(await test.post(path, await plain(2)))
    expect(answer.predictions[0]?.class).toBe('blue')
  })
})

describe('the provider', () => {
  it('is shown with the reason why it is none that was rather wanted', async () => {
    await running('On any', { gpu: true })
    await running('On the CPU', { gpu: false })
    const instanceOf = async (slug: string) =>
      (await test.client.call(routes.getInference, { params: { slug } })).instances[0]
    expect(await instanceOf('on-the-cpu')).toMatchObject({ provider: 'cpu', fallback: null })
    const any = await instanceOf('on-any')
    if (any?.provider === 'cpu') expect(any.fallback).toMatch(/^(cuda|coreml|directml|webgpu): .+/)
    else expect(['cuda', 'coreml', 'directml', 'webgpu']).toContain(any?.provider)
  })
})
