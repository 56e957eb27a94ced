import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { predictAnswer, routes, type Inference, type Model } from '../../main/contract/index.ts'
import { addBoardModel } from '../helpers/boardModels.ts'
import { answerTo } from '../helpers/v2Line.ts'
import { problemOf, samplePictures, TestHost } from '../helpers/testHost.ts'
import { until } from '../helpers/until.ts'

let test: TestHost
let picture: Buffer<ArrayBuffer>
let newer: Model
let renamed: Model

beforeAll(async () => {
  test = await TestHost.start()
  const [file = ''] = await samplePictures()
  picture = Buffer.from(await readFile(file))
  newer = await addBoardModel(test, { name: 'newer', version: '2' })
  const { project } = await test.detector()
  const { classes } = await test.client.call(routes.getProject, { params: { id: project.id } })
  await test.client.call(routes.changeProject, { params: { id: project.id }, body: { classes: [...classes, 'else'] } })
  renamed = await addBoardModel(test, { name: 'renamed', classes: [...classes.slice(0, -1), 'else'] })
}, 60_000)
afterEach(async () => {
  const { items } = await test.client.call(routes.listInferences, { query: {} })
  for (const { slug } of items) await test.client.call(routes.stopInference, { params: { slug } })
  for (const { slug } of items) await test.untilStatus(slug, 'stopped')
})
afterAll(() => test.remove())

const get = (slug: string) => test.client.call(routes.getInference, { params: { slug } })

function switchTo(slug: string, model: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return test.fetch(`/v1/inferences/${slug}/model`, { method: 'POST', body: JSON.stringify({ model }), headers })
}

/** Posts without a pause until it is told to stop. */
function load(slug: string, posters: number) {
  const outcomes: { status: number; model: string | null }[] = []
  let going = true
  const poster = async () => {
    while (going) {
      const response = await test.post(`/v1/inferences/${slug}/predict`, picture)
      const text = await response.text()
      const answer = response.status === 200 ? predictAnswer.parse(JSON.parse(text)) : null
      if (answer) expect(answer.metadata['model']).toBe(answer.model.name)
      outcomes.push({ status: response.status, model: answer?.model.id ?? null })
    }
  }
  const all = Promise.all(Array.from({ length: posters }, poster))
  const stop = async () => {
    going = false
    await all
    return outcomes
  }
  return { outcomes, stop }
}

/** The same over the Open Inference Protocol: each answer with the version that it names and the model that computed. */
function v2Load(slug: string) {
  const outcomes: { version: string | undefined; model: string }[] = []
  let going = true
  const input = { name: 'image', datatype: 'BYTES', shape: [1], data: [picture.toString('base64')] }
  const poster = async () => {
    while (going) {
      const response = await test.post(`/v2/models/${slug}/infer`, JSON.stringify({ inputs: [input] }))
      const { head, outputs } = await answerTo(response)
      const answer = predictAnswer.parse(JSON.parse(String(outputs.get('predictions')?.[0])))
      outcomes.push({ version: head.model_version, model: answer.model.id })
    }
  }
  const posted = poster()
  const stop = async () => {
    going = false
    await posted
    return outcomes
  }
  return { outcomes, stop }
}

const alive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const pidsOf = ({ instances }: Inference) => instances.flatMap(({ pid }) => pid ?? [])

describe('another model under a run', () => {
  it('takes over without a gap: under load nothing is refused, and every answer names its model', async () => {
    const before = await test.running('Without a gap', { general: { threads: 1, instances: 2, deadlineMs: 30_000 } })
    const { slug, model, run } = before
    const [traffic, v2Traffic] = [load(slug, 4), v2Load(slug)]
    await until('answers flow', async () => (traffic.outcomes.length > 5 ? true : undefined))
    const answered = await switchTo(slug, newer.id)
    expect(answered.status).toBe(202)
    expect(await problemOf(await switchTo(slug, renamed.id))).toMatchObject({ code: 'CONFLICT' })
    await until('it computes', async () => ((await get(slug)).model.id === newer.id ? true : undefined))
    const from = traffic.outcomes.length
    await until('more answers', async () => (traffic.outcomes.length > from + 10 ? true : undefined))
    const [outcomes, v2Outcomes] = await Promise.all([traffic.stop(), v2Traffic.stop()])
    expect(outcomes.filter(({ status }) => status !== 200)).toEqual([])
    expect(new Set(outcomes.map((one) => one.model))).toEqual(new Set([model.id, newer.id]))
    expect(outcomes.at(-1)?.model).toBe(newer.id)
    expect(v2Outcomes.at(-1)?.model).toBe(newer.id)
    for (const one of v2Outcomes) expect(one.version).toBe(one.model === newer.id ? '2' : '1.0')

    const now = await until('the old ones are gone', async () => {
      const inference = await get(slug)
      return inference.instances.every(({ state }) => state === 'ready') ? inference : undefined
    })
    expect(now).toMatchObject({ status: 'healthy', nextModel: null, run, since: before.since })
    expect(pidsOf(now)).toHaveLength(2)
    expect(pidsOf(before).filter(alive)).toEqual([])
    const details = await test.client.call(routes.getRun, { params: { id: run?.id ?? '' } })
    expect(details.model).toEqual({ id: newer.id, name: 'newer' })
    expect(details.states.at(-1)?.reason).toMatch(/the model “newer” 2 computes from now on, instead of/)
    expect(await test.client.call(routes.getSetup, { params: { slug } })).toMatchObject({ model: newer.id })
  }, 60_000)

  it('that cannot be loaded leaves the present one at work, and says why', async () => {
    const broken = await addBoardModel(test, { name: 'broken' })
    await writeFile(join(test.dataFolder, 'models', `${broken.sha256}.onnx`), 'no model any more')
    const { slug, model, instances } = await test.running('Stays with the old', { general: { threads: 1 } })
    expect((await switchTo(slug, broken.id)).status).toBe(202)
    const now = await until('it has failed', async () => {
      const inference = await get(slug)
      return inference.nextModel?.failed ? inference : undefined
    })
    expect(now).toMatchObject({ status: 'healthy', model: { id: model.id }, nextModel: { id: broken.id } })
    expect(now.instances.map(({ pid }) => pid)).toEqual(instances.map(({ pid }) => pid))
    expect((await test.post(`/v1/inferences/${slug}/predict`, picture)).status).toBe(200)
    expect((await switchTo(slug, newer.id)).status).toBe(202)
    await until('the next one succeeds', async () => ((await get(slug)).model.id === newer.id ? true : undefined))
  }, 60_000)

  it('is refused where the setup does not fit it, and where it is another project’s or none', async () => {
    const last = newer.spec.classes.at(-1) ?? ''
    const { slug } = await test.running('Does not fit', {
      general: { threads: 1 },
      classThresholds: { source: 'manual', values: { [last]: 0.5 } },
      sampling: { classes: [last] }
    })
    const refused = await problemOf(await switchTo(slug, renamed.id))
    expect(refused.code).toBe('INVALID_REQUEST')
    expect(refused.fields?.map(({ path }) => path)).toContain(`classThresholds.values.${last}`)
    expect((await problemOf(await switchTo(slug, slug.padEnd(26, '0')))).code).toBe('INVALID_REQUEST')
    expect((await problemOf(await switchTo(slug, '0'.repeat(26)))).code).toBe('NOT_FOUND')
    const { items } = await test.client.call(routes.listInferences, { query: {} })
    const other = items.find(({ model }) => model.task !== 'detection')
    if (other) expect((await problemOf(await switchTo(slug, other.model.id))).code).toBe('INVALID_REQUEST')
    expect(await get(slug)).toMatchObject({ status: 'healthy', nextModel: null })
  }, 60_000)

  it('is refused where both have no room beside each other, with the numbers', async () => {
    const { slug } = await test.running('No room', { general: { threads: 1 } })
    const setMemory = (memoryBytes: number | null) =>
      test.client.call(routes.changeSettings, { body: { resources: { memoryBytes } } })
    await setMemory(128 * 1024 * 1024)
    const refused = await problemOf(await switchTo(slug, newer.id))
    expect(refused.code).toBe('CONFLICT')
    expect(refused.detail).toMatch(/needs \d+ MB of memory \(\d+ MB of 134 MB are free; held by .*“No room” \d+ MB/)
    await setMemory(null)
    expect((await switchTo(slug, newer.id)).status).toBe(202)
    await until('it computes', async () => ((await get(slug)).model.id === newer.id ? true : undefined))
  }, 60_000)

  it('is simply the setup’s where the inference is stopped', async () => {
    const { project, model } = await test.detector()
    const body = { project: project.id, type: 'api' as const, name: 'Stopped', model: model.id }
    const { slug } = await test.client.call(routes.createInference, { body })
    expect((await switchTo(slug, newer.id)).status).toBe(202)
    expect(await get(slug)).toMatchObject({ status: 'stopped', model: { id: newer.id, version: '2' } })
  })

  it('is given up where the run is stopped meanwhile, and no process is left', async () => {
    const { slug, instances } = await test.running('Stopped meanwhile', { general: { threads: 1 } })
    await switchTo(slug, newer.id)
    await test.client.call(routes.stopInference, { params: { slug } })
    const { model } = await test.untilStatus(slug, 'stopped')
    expect(model.id).not.toBe(newer.id)
    expect(instances.flatMap(({ pid }) => pid ?? []).filter(alive)).toEqual([])
  }, 60_000)
})
