import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiProblem } from '../../main/cli/apiClient.ts'
import { routes, type EstimateQuestionInput, type Inference, type NewSetupInput } from '../../main/contract/index.ts'
import { sampleFolder, TestHost } from '../helpers/testHost.ts'

const folder = join(sampleFolder, 'plate-defects', 'pictures')

/** Reaches below the floor, so that candidates are seen for the estimate to count. */
const wide: Partial<NewSetupInput> = { sampling: { confidence: { from: 0.05, to: 0.06 } } }

/** Every kind of rule but those of chance and time, and a limit. */
const asked = {
  parameters: { confidence: 0.4 },
  sizeMeasurement: {
    enabled: true,
    thresholds: [
      { name: 'Large', classes: ['scratch', 'dent'], operator: 'gte', value: 2000, includeInSampling: true },
      { name: 'Small', classes: ['stain'], operator: 'lte', value: 500 }
    ]
  },
  sampling: {
    confidence: { from: 0.1, to: 0.5 },
    classes: ['stain'],
    unknown: true,
    limits: { rules: { classes: { perHour: 2 } } }
  },
  classThresholds: { source: 'manual', values: { scratch: 0.9, dent: 0.6 } }
} satisfies Partial<EstimateQuestionInput>

describe('the estimate of what a setup would record', () => {
  let test: TestHost
  let shipped: Inference
  let pictures: Buffer<ArrayBuffer>[]

  beforeAll(async () => {
    test = await TestHost.start()
    const { items } = await test.client.call(routes.listInferences, {})
    const found = items.find(({ model }) => model.task === 'instance-segmentation')
    if (!found) throw new Error('no sample project segments instances')
    shipped = found
    const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg')).sort()
    pictures = await Promise.all(names.map((name) => readFile(join(folder, name))))
  })
  afterAll(() => test.remove())

  const ask = async (more: Partial<EstimateQuestionInput> = {}, project = shipped.project.id) => {
    const body = { model: shipped.model.id, ...asked, ...more }
    return (await test.client.call(routes.estimateSampling, { params: { id: project }, body })).estimate
  }

  /** Starts an inference on the model, sends all pictures, and stops it; gives its answers. */
  async function run(name: string, setup: Partial<NewSetupInput>) {
    const about = { project: shipped.project.id, model: shipped.model.id, type: 'api' as const, name }
    const { slug } = await test.client.call(routes.createInference, { body: { ...about, ...setup } })
    await test.client.call(routes.startInference, { params: { slug } })
    await test.untilStatus(slug, 'healthy')
    const answers = []
    for (const picture of pictures) answers.push(await test.client.send(routes.predict, { params: { slug } }, picture))
    await test.client.send(routes.predict, { params: { slug }, query: { try: 'true' } }, pictures[0] ?? Buffer.alloc(0))
    await test.client.call(routes.stopInference, { params: { slug } })
    await test.untilStatus(slug, 'stopped')
    return { slug, answers }
  }

  it('is none before there are predictions, and what is wrong is refused', async () => {
    expect(await ask()).toBeNull()
    const codeOf = (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'no refusal',
        (error: unknown) => (error instanceof ApiProblem ? error.problem.code : String(error))
      )
    const nowhere = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
    const { project } = await test.detector()
    expect(await codeOf(ask({}, nowhere))).toBe('NOT_FOUND')
    expect(await codeOf(ask({ model: nowhere }))).toBe('NOT_FOUND')
    expect(await codeOf(ask({ inference: 'nowhere' }))).toBe('NOT_FOUND')
    expect(await codeOf(ask({}, project.id))).toBe('INVALID_REQUEST')
    expect(await codeOf(ask({ parameters: { confidence: 2 } }))).toBe('INVALID_REQUEST')
    expect(await codeOf(ask({ parameters: { unheardOf: 1 } }))).toBe('INVALID_REQUEST')
  })

  it('is what a run then records of the same pictures, and outlasts a restart; it goes with the inference', async () => {
    const before = await run('Before', wide)
    const estimate = await ask()
    const bytes = pictures.reduce((sum, { length }) => sum + length, 0) / pictures.length
    // A try is no request of the line.
    expect(estimate?.basis).toMatchObject({ inference: { slug: before.slug }, isOwn: false, requests: pictures.length })
    expect(estimate?.basis.seenFrom).toBe(0.05)
    expect(estimate?.basis.bytesPerSample).toBeGreaterThan(bytes)
    expect(estimate?.basis.bytesPerSample).toBeLessThan(bytes + 50_000)
    expect((await ask({ inference: before.slug }))?.basis.isOwn).toBe(true)

    const { slug, answers } = await run('With it', asked)
    const { items } = await test.client.call(routes.listSamples, { query: { inference: slug } })
    expect(items.length).toBe(estimate?.together.samples)
    expect(items.length).toBeGreaterThan(2)
    expect(items.length).toBeLessThanOrEqual(pictures.length)
    const reasons = answers.flatMap(({ sample }) => (sample && 'reasons' in sample ? [sample.reasons] : []))
    const recordedBy = (kind: string) => reasons.filter((all) => all.some((one) => one.split(':')[0] === kind)).length
    const alone = Object.fromEntries(estimate?.rules.map(({ rule, samples }) => [rule, samples]) ?? [])
    expect(alone).toMatchObject({
      ...{ confidence: recordedBy('confidence'), classes: recordedBy('class') },
      ...{ unknown: recordedBy('unknown'), sizes: recordedBy('size'), 'size:Large': recordedBy('size') }
    })
    const found = answers.flatMap(({ predictions }) => predictions)
    const { predictions, now, then } = estimate?.unknown ?? {}
    const unknown = found.filter((one) => one.unknown).length
    expect({ predictions, now, then }).toEqual({ predictions: found.length, now: 0, then: unknown })
    expect(unknown).toBeGreaterThan(0)

    const { dataFolder } = test
    await test.stop()
    test = await TestHost.start({ dataFolder })
    const again = await ask({ inference: before.slug })
    expect(again?.together.samples).toBe(estimate?.together.samples)
    expect(again?.confidences).toEqual(estimate?.confidences)
    for (const one of [slug, before.slug]) await test.client.call(routes.deleteInference, { params: { slug: one } })
    expect(await ask()).toBeNull()
  })
})
