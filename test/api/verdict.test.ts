import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  routes,
  type Inference,
  type NewSetupInput,
  type PredictAnswer,
  type Prediction
} from '../../main/contract/index.ts'
import { codeOf } from '../helpers/codeOf.ts'
import { sampleFolder, samplePictures, TestHost } from '../helpers/testHost.ts'

let test: TestHost
let picture: Uint8Array<ArrayBuffer>
let found: Prediction[]

beforeAll(async () => {
  test = await TestHost.start()
  const [, file = ''] = await samplePictures()
  picture = new Uint8Array(await readFile(file))
  found = (await predict((await test.running('Plain')).slug)).predictions
  expect(found.length).toBeGreaterThan(0)
})
afterAll(() => test.remove())

function predict(slug: string, isTry = false): Promise<PredictAnswer> {
  const query = isTry ? { try: 'true' as const } : {}
  return test.client.send(routes.predict, { params: { slug }, query }, picture)
}

const get = (slug: string) => test.client.call(routes.getInference, { params: { slug } })
const metrics = async () => (await test.fetch('/metrics')).text()

/** Rules on what the detector finds on the picture, whatever that is. */
function verdictOn([first]: Prediction[]): NewSetupInput['verdict'] {
  const classes = [first?.class ?? '']
  return {
    rules: [
      { name: 'one', when: { classes }, outcome: 'WARN' },
      { name: 'a thousand', when: { count: { classes, atLeast: 1000 } }, outcome: 'NG' },
      { name: 'another', when: { count: { classes, atLeast: 1 } }, outcome: 'WARN' }
    ]
  }
}

describe('a verdict', () => {
  it('stands in the answer, the sample, the latest prediction, the figures, the counter and the metrics', async () => {
    const { slug } = await test.running('Judged', {
      verdict: verdictOn(found),
      sampling: { random: { probability: 1 } }
    })
    const verdict = { outcome: 'WARN', rule: 'one' }
    const answer = await predict(slug)
    expect(answer.verdict).toEqual(verdict)
    const sample = await test.client.call(routes.getSample, { params: { id: answer.sample?.id ?? '' } })
    expect(sample.verdict).toEqual(verdict)
    const [latest] = (await test.client.call(routes.latest, { params: { slug } })).items
    expect(latest?.verdict).toEqual(verdict)
    const inference = await get(slug)
    expect(inference.figures.verdicts).toEqual({ ok: 0, warn: 1, ng: 0 })
    expect(inference.counter).toMatchObject({ ok: 0, warn: 1, ng: 0, errors: 0 })
    expect(await metrics()).toContain(`lineside_verdicts_total{inference="${slug}",outcome="WARN"} 1\n`)
  })

  it('is null where none is asked for, and sees no unknown as its class', async () => {
    expect((await predict('plain')).verdict).toBeNull()
    const values = Object.fromEntries(found.map((one) => [one.class, 1]))
    const classThresholds = { source: 'manual' as const, values }
    const rules = [
      ...(verdictOn(found)?.rules ?? []),
      { name: 'unsure', when: { unknown: true as const }, outcome: 'NG' as const }
    ]
    const { slug } = await test.running('Unsure', { verdict: { rules }, classThresholds })
    expect((await predict(slug)).verdict).toEqual({ outcome: 'NG', rule: 'unsure' })
  })

  it('goes by size thresholds of a segmenter', async () => {
    const { items } = await test.client.call(routes.listInferences, {})
    const plate = items.find(({ model }) => model.task === 'instance-segmentation')
    if (!plate) throw new Error('no segmenter among the sample projects')
    const model = (await test.client.call(routes.listModels, { params: { id: plate.project.id } })).items[0]
    const threshold = { name: 'Any', classes: model?.spec.classes ?? [], operator: 'gte' as const, value: 1 }
    const verdict = { rules: [{ name: 'large', when: { sizeThresholds: ['Any'] }, outcome: 'NG' as const }] }
    const body = { project: plate.project.id, model: plate.model.id, type: 'api' as const, name: 'Sized', verdict }
    const sizeMeasurement = { enabled: true, thresholds: [threshold] }
    const { slug } = await test.client.call(routes.createInference, { body: { ...body, sizeMeasurement } })
    await test.client.call(routes.startInference, { params: { slug } })
    await test.untilStatus(slug, 'healthy')
    const plates = join(sampleFolder, 'plate-defects', 'pictures')
    const outcomes = new Set<string | undefined>()
    for (const name of (await readdir(plates)).sort().slice(0, 4)) {
      const file = new Uint8Array(await readFile(join(plates, name)))
      const { verdict: said, predictions } = await test.client.send(routes.predict, { params: { slug } }, file)
      outcomes.add(said?.outcome)
      expect(said).toEqual(predictions.length > 0 ? { outcome: 'NG', rule: 'large' } : { outcome: 'OK', rule: null })
    }
    expect(outcomes).toContain('NG')
  })

  it('is refused by field', async () => {
    const { project, model } = await test.detector()
    const rules = [{ name: 'a', when: { sizeThresholds: ['Threshold'] }, outcome: 'NG' as const }]
    const body = { project: project.id, model: model.id, type: 'api' as const, name: 'Refused', verdict: { rules } }
    await expect(test.client.call(routes.createInference, { body })).rejects.toMatchObject({
      problem: { code: 'INVALID_REQUEST', fields: [{ path: 'verdict.rules.0.when.sizeThresholds' }] }
    })
  })
})

describe('the shift counter', () => {
  const reset = (slug: string) => test.client.call(routes.resetCounter, { params: { slug } })
  const counted = ({ counter: { since: _, ...counts } }: Inference) => counts

  it('counts answers and errors but no tries, over runs, new names and restarts, until it is reset', async () => {
    const { slug } = await test.running('Shift', { verdict: verdictOn(found) })
    await predict(slug)
    await predict(slug)
    await predict(slug, true)
    await expect(test.client.send(routes.predict, { params: { slug } }, new Uint8Array([1, 2]))).rejects.toThrow()
    const before = await get(slug)
    expect(counted(before)).toEqual({ ok: 0, warn: 2, ng: 0, errors: 1 })
    await test.client.call(routes.stopInference, { params: { slug } })
    await test.untilStatus(slug, 'stopped')
    const setup = await test.client.call(routes.getSetup, { params: { slug } })
    await test.client.call(routes.changeSetup, { params: { slug }, body: { ...setup, slug: 'late-shift' } })
    expect((await get('late-shift')).counter).toEqual(before.counter)

    await test.stop()
    const again = await TestHost.start({ dataFolder: test.dataFolder })
    test = again
    expect((await get('late-shift')).counter).toEqual(before.counter)
    const from = Date.now()
    const fresh = await reset('late-shift')
    expect(counted(fresh)).toEqual({ ok: 0, warn: 0, ng: 0, errors: 0 })
    expect(Date.parse(fresh.counter.since)).toBeGreaterThanOrEqual(from)
  })

  it('is reset only by those who may, and only where there is one', async () => {
    expect(await codeOf(reset('nobody'))).toBe('NOT_FOUND')
    expect((await test.post('/v1/inferences/plain/counter/reset', null)).status).toBe(401)
  })
})
