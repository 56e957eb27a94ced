import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiProblem } from '../../main/cli/apiClient.ts'
import { routes, type NewSetupInput, type PredictAnswer, type Sample } from '../../main/contract/index.ts'
import { samplePictures, TestHost } from '../helpers/testHost.ts'

let test: TestHost
let picture: Uint8Array<ArrayBuffer>
/** What the detector finds on the picture with the setup's own floor of 0.25. */
let answered: PredictAnswer['predictions']

beforeAll(async () => {
  test = await TestHost.start()
  const [, file = ''] = await samplePictures()
  picture = new Uint8Array(await readFile(file))
  answered = (await predict((await test.running('Plain')).slug)).predictions
  expect(answered.length).toBeGreaterThan(0)
})
afterAll(() => test.remove())

function predict(slug: string, isTry = false): Promise<PredictAnswer> {
  const query = isTry ? { try: 'true' as const } : {}
  return test.client.send(routes.predict, { params: { slug }, query }, picture)
}

/** Starts an inference, sends the picture so often, stops it; gives the answers and what was recorded, oldest first. */
async function recorded(name: string, setup: Partial<NewSetupInput>, times = 1) {
  const { slug } = await test.running(name, setup)
  const answers = []
  for (let time = 0; time < times; time++) answers.push(await predict(slug))
  const { figures } = await test.client.call(routes.getInference, { params: { slug } })
  const { items } = await test.client.call(routes.listSamples, { query: { inference: slug } })
  const samples: Sample[] = []
  for (const { id } of items.reverse()) samples.push(await test.client.call(routes.getSample, { params: { id } }))
  await test.client.call(routes.stopInference, { params: { slug } })
  return { answers, samples, figures }
}

describe('sampling', () => {
  it('records every reason that held, with all predictions', async () => {
    const [found] = answered
    const name = found?.class ?? ''
    const confidence = { from: found?.confidence ?? 0, to: found?.confidence ?? 0 }
    const sampling = { random: { probability: 1 }, interval: { seconds: 3600 }, confidence, classes: [name] }
    const { answers, samples } = await recorded('All rules', { sampling }, 2)
    const reasons = [
      ['random', 'interval', 'confidence', `class:${name}`],
      ['random', 'confidence', `class:${name}`]
    ]
    expect(samples.map((sample) => sample.reasons)).toEqual(reasons)
    expect(answers.map(({ sample }) => sample)).toEqual(samples.map(({ id, reasons: held }) => ({ id, reasons: held })))
    const own = samples[0]?.predictions.filter(({ candidate }) => !candidate)
    expect(own).toEqual(answers[0]?.predictions)
  })

  it('sees candidates below the floor for the confidence rule, stores them, and answers what it did', async () => {
    const floor = 0.99
    const sampling = { confidence: { from: 0.001, to: 0.98 }, classes: answered.map((one) => one.class) }
    const { answers, samples } = await recorded('Candidates', { sampling, parameters: { confidence: floor } })
    expect(answers[0]?.predictions).toEqual(answered.filter(({ confidence }) => confidence > floor))
    const candidates = samples[0]?.predictions.filter(({ candidate }) => candidate) ?? []
    expect(candidates.length).toBeGreaterThan(0)
    expect(candidates.every(({ confidence }) => confidence >= 0.001 && confidence <= floor)).toBe(true)
    expect(samples[0]?.reasons).toContain('confidence')
    const [latest] = (await test.client.call(routes.latest, { params: { slug: 'candidates' } })).items
    expect(latest?.predictions).toEqual(answers[0]?.predictions)
  })

  it('takes unknown predictions for the unknown rule and not for that of their class', async () => {
    const classes = [...new Set(answered.map((one) => one.class))]
    const values = Object.fromEntries(classes.map((name) => [name, 1]))
    const classThresholds = { source: 'manual' as const, values }
    const { answers, samples } = await recorded('Unknown', { classThresholds, sampling: { classes, unknown: true } })
    expect(answers[0]?.predictions.every(({ unknown }) => unknown)).toBe(true)
    expect(samples.map(({ reasons }) => reasons)).toEqual([['unknown']])
  })

  it('never believes less for a threshold below the floor', async () => {
    const values = Object.fromEntries(answered.map((one) => [one.class, 0.01]))
    const { answers } = await recorded('Low threshold', { classThresholds: { source: 'manual', values } })
    expect(answers[0]?.predictions).toEqual(answered)
  })

  it('says what a limit held back, in the answer and in the figures', async () => {
    const limits = { run: { perHour: 2 }, rules: { random: { leastIntervalMs: 3_600_000 } } }
    const sampling = { random: { probability: 1 }, classes: [answered[0]?.class ?? ''], limits }
    const { answers, samples, figures } = await recorded('Limited', { sampling }, 4)
    const reason = `class:${answered[0]?.class}`
    expect(samples.map(({ reasons }) => reasons)).toEqual([['random', reason], [reason]])
    const held = { id: null, limited: ['random', reason] }
    expect(answers.slice(2).map(({ sample }) => sample)).toEqual([held, held])
    expect(figures.sampling).toEqual([
      { rule: 'manual', fired: 0, limited: 0 },
      { rule: 'random', fired: 4, limited: 3 },
      { rule: reason, fired: 4, limited: 2 }
    ])
    expect(figures.recorded).toBe(2)
  })
})

describe('record-next', () => {
  const recordNext = (slug: string) => test.client.call(routes.recordNext, { params: { slug } })
  const codeOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'no refusal',
      (error: unknown) => (error instanceof ApiProblem ? error.problem.code : String(error))
    )

  it('records the next request of the line, once, and no try', async () => {
    const { slug } = await test.running('By hand')
    expect((await predict(slug)).sample).toBeNull()
    expect((await recordNext(slug)).status).toBe('healthy')
    expect((await predict(slug, true)).sample).toBeNull()
    const { sample } = await predict(slug)
    expect(sample).toMatchObject({ reasons: ['manual'] })
    expect((await predict(slug)).sample).toBeNull()
    const { items } = await test.client.call(routes.listSamples, { query: { inference: slug } })
    expect(items.map(({ id }) => id)).toEqual([sample?.id])
  })

  it('is refused where nothing runs, and without a session', async () => {
    expect(await codeOf(recordNext('nobody'))).toBe('NOT_FOUND')
    const { slug } = await test.detector()
    expect(await codeOf(recordNext(slug))).toBe('INFERENCE_NOT_RUNNING')
    expect((await test.post(`/v1/inferences/${slug}/record-next`, null)).status).toBe(401)
  })
})

describe('size measurement', () => {
  it('is refused where the model finds no areas, by the name of the field', async () => {
    const { project, model } = await test.detector()
    const given = { project: project.id, model: model.id, type: 'api' as const, name: 'Sizes' }
    const body = { ...given, sizeMeasurement: { enabled: true } }
    await expect(test.client.call(routes.createInference, { body })).rejects.toMatchObject({
      problem: { code: 'INVALID_REQUEST', fields: [{ path: 'sizeMeasurement.enabled' }] }
    })
  })
})
