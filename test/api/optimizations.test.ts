import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { routes, thresholdSet, type Inference, type Model, type NewSetupInput } from '../../main/contract/index.ts'
import { codeOf } from '../helpers/codeOf.ts'
import { problemOf, sampleFolder, TestHost } from '../helpers/testHost.ts'

const folder = join(sampleFolder, 'board-check')
let test: TestHost
let classifier: Inference
let model: Model
/** As they ship, the oldest first. */
let shipped: z.infer<typeof thresholdSet>[]

beforeAll(async () => {
  test = await TestHost.start()
  shipped = z.array(thresholdSet).parse(JSON.parse(await readFile(join(folder, 'optimizations.json'), 'utf8')))
  const { items } = await test.client.call(routes.listInferences, {})
  classifier = items.find(({ slug }) => slug === 'board-check')!
  const models = await test.client.call(routes.listModels, { params: { id: classifier.project.id } })
  model = models.items[0]!
})
afterAll(() => test.remove())

const optimizations = async (project: string) =>
  (await test.client.call(routes.listOptimizations, { params: { id: project } })).items

/** Runs the classifier with these class thresholds; gives what it says of pictures, and the run's resolved ones. */
async function checked(name: string, classThresholds: NewSetupInput['classThresholds'], ...pictures: string[]) {
  const body = { project: classifier.project.id, type: 'api' as const, name, model: model.id, classThresholds }
  const { slug } = await test.client.call(routes.createInference, { body })
  await test.client.call(routes.startInference, { params: { slug } })
  const { run } = await test.untilStatus(slug, 'healthy')
  const said: Record<string, string> = {}
  for (const picture of pictures) {
    const image = new Uint8Array(await readFile(join(folder, 'pictures', `${picture}.png`)))
    const { predictions } = await test.client.send(routes.predict, { params: { slug }, query: { try: 'true' } }, image)
    said[picture] = predictions.map((one) => one.class + (one.unknown ? '?' : '')).join()
  }
  const { classThresholds: values } = await test.client.call(routes.getRun, { params: { id: run!.id } })
  const { items: lines } = await test.client.call(routes.inferenceLogs, { params: { slug } })
  await test.client.call(routes.stopInference, { params: { slug } })
  return { said, values, warnings: lines.filter(({ level }) => level === 'warn').map(({ message }) => message) }
}

describe('optimizations', () => {
  it('come with the sample project, the newest first, with what they rest on', async () => {
    const listed = await optimizations(classifier.project.id)
    expect(listed.map(({ aim }) => aim)).toEqual([{ kind: 'precision', atLeast: 0.95 }, { kind: 'f1' }])
    const about = { id: model.id, name: 'board-check', version: '1.0' }
    for (const [at, one] of listed.entries()) {
      const { at: when, ...given } = shipped.toReversed()[at]!
      expect(one).toMatchObject({ ...given, model: about, project: classifier.project.id })
      expect(Date.parse(one.at)).toBe(Date.parse(when))
      expect(await test.client.call(routes.getOptimization, { params: { id: one.id } })).toEqual(one)
    }
  })

  it('are counted so that their shares follow from their counts', () => {
    for (const { classes, basis } of shipped) {
      expect(classes.reduce((sum, { samples }) => sum + samples, 0)).toBe(basis.samples)
      expect(classes.reduce((sum, { believed, unknown }) => sum + believed + unknown, 0)).toBe(basis.samples)
      for (const { precision, recall, f1, right, believed, samples } of classes) {
        expect([precision, recall, f1]).toEqual(
          [right / believed, right / samples, (2 * right) / (believed + samples)].map((share) =>
            expect.closeTo(share, 4)
          )
        )
      }
    }
  })

  it('are those of a project: another has none, and one that is not there is not found', async () => {
    expect(await optimizations((await test.detector()).project.id)).toEqual([])
    const nobody = { params: { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV' } }
    expect(await codeOf(test.client.call(routes.listOptimizations, nobody))).toBe('NOT_FOUND')
    expect(await codeOf(test.client.call(routes.getOptimization, nobody))).toBe('NOT_FOUND')
  })
})

// The model says “good” of good-2 with 0.85 and, wrongly, of defective-2 with 0.86; of good-1 with 0.95.
const pictures = ['good-1', 'good-2', 'defective-2']

describe('class thresholds', () => {
  it('from the most recent optimization', async () => {
    const { said, values } = await checked('Latest', { source: 'latest' }, ...pictures)
    expect(values).toEqual({ good: 0.93, defective: 0 })
    expect(said).toEqual({ 'good-1': 'good', 'good-2': 'good?', 'defective-2': 'good?' })
  })

  it('from an earlier one', async () => {
    const [, earlier] = await optimizations(classifier.project.id)
    const given = { source: 'optimization' as const, optimization: earlier!.id }
    const { said, values } = await checked('Earlier', given, ...pictures)
    expect(values).toEqual({ good: 0.78, defective: 0 })
    expect(said).toEqual({ 'good-1': 'good', 'good-2': 'good', 'defective-2': 'good' })
  })

  it('as typed, or none', async () => {
    const manual = await checked('Manual', { source: 'manual', values: { good: 0.96 } }, ...pictures)
    expect(manual).toMatchObject({ values: { good: 0.96 }, said: { 'good-1': 'good?', 'good-2': 'good?' } })
    const none = await checked('None', { source: 'none' }, ...pictures)
    expect(none).toMatchObject({ values: {}, said: { 'good-1': 'good', 'defective-2': 'good' } })
  })

  it('“latest” without any optimization: nothing is unknown, and the log says so', async () => {
    const { slug } = await test.running('Without', { classThresholds: { source: 'latest' } })
    const { items } = await test.client.call(routes.inferenceLogs, { params: { slug } })
    expect(items).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('no optimization') })
    )
  })

  it('of an optimization that the project does not have are refused', async () => {
    const [newest] = await optimizations(classifier.project.id)
    const { project, model: detector } = await test.detector()
    const given = { project: project.id, type: 'api', name: 'Foreign', model: detector.id }
    const response = await test.fetch('/v1/inferences', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...given, classThresholds: { source: 'optimization', optimization: newest!.id } })
    })
    expect((await problemOf(response)).fields).toEqual([
      { path: 'classThresholds.optimization', message: 'is not an optimization of this project' }
    ])
  })

  it('go with their project', async () => {
    const { items } = await test.client.call(routes.listInferences, { query: { project: classifier.project.id } })
    for (const { slug } of items) await test.untilStatus(slug, 'stopped')
    const [newest] = await optimizations(classifier.project.id)
    await test.client.call(routes.deleteProject, { params: { id: classifier.project.id } })
    expect(await codeOf(test.client.call(routes.getOptimization, { params: { id: newest!.id } }))).toBe('NOT_FOUND')
  })
})
