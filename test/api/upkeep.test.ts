import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  inspection,
  routes,
  type Inference,
  type NewSetupInput,
  type SettingsChange
} from '../../main/contract/index.ts'
import { problemOf, samplePictures, TestHost } from '../helpers/testHost.ts'
import { until } from '../helpers/until.ts'
import { faultModelPath, faultSpec, greyPicture } from '../helpers/faultModels.ts'

let test: TestHost

beforeEach(async () => {
  test = await TestHost.start()
})
afterEach(() => test.remove())

const get = (slug: string) => test.client.call(routes.getInference, { params: { slug } })
const settings = (body: SettingsChange) => test.client.call(routes.changeSettings, { body })

async function create(name: string, general: NonNullable<NewSetupInput['general']> = { threads: 1 }): Promise<string> {
  const { project, model } = await test.detector()
  const body = { project: project.id, type: 'api' as const, name, model: model.id, general }
  return (await test.client.call(routes.createInference, { body })).slug
}

const start = (slug: string) => test.client.call(routes.startInference, { params: { slug } })
const stop = (slug: string) => test.client.call(routes.stopInference, { params: { slug } })

const queued = (slug: string) =>
  until(`${slug} waits`, async () => {
    const { status, queue } = await get(slug)
    return status === 'queued' && queue ? queue : undefined
  })

const statesOf = async ({ run }: Inference) =>
  (await test.client.call(routes.getRun, { params: { id: run?.id ?? '' } })).states

describe('runs that share the workstation', () => {
  it('wait in order, say in numbers what for, and start by themselves when there is room', async () => {
    await settings({ resources: { cpuThreads: 2 } })
    const slugs = [await create('First', { threads: 2 }), await create('Second', { threads: 2 }), await create('Third')]
    for (const slug of slugs) await start(slug)
    const [first = '', second = '', third = ''] = slugs
    await test.untilStatus(first, 'healthy')
    expect(await queued(second)).toEqual({
      place: 1,
      waitsFor: '2 CPU threads (0 of 2 are free; held by “First” 2)'
    })
    expect((await queued(third)).place).toBe(2)
    const refused = await test.post(
      `/v1/inferences/${second}/predict`,
      await readFile((await samplePictures())[0] ?? '')
    )
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(await problemOf(refused)).toMatchObject({ code: 'INFERENCE_NOT_READY', inferenceStatus: 'queued' })
    await stop(first)
    await test.untilStatus(second, 'healthy')
    expect((await get(third)).status).toBe('queued')
    await stop(second)
    await test.untilStatus(third, 'healthy')
  })

  it('are looked at again at once when the budget is raised, which is kept over a restart', async () => {
    const changed = await settings({ resources: { cpuThreads: 1 } })
    expect(changed).toMatchObject({ resources: { cpuThreads: 1, memoryBytes: null }, budget: { cpuThreads: 1 } })
    const [first, second] = [await create('First'), await create('Second')]
    await start(first)
    await start(second)
    await queued(second)
    await settings({ resources: { cpuThreads: 2 } })
    await test.untilStatus(second, 'healthy')
    const { held, budget } = await test.client.call(routes.workstation, {})
    expect([held.cpuThreads, budget.cpuThreads]).toEqual([2, 2])
    expect(held.memoryBytes).toBeGreaterThan(2 * 200e6)
    await settings({ resources: { memoryBytes: 1e9 } })
    const { dataFolder } = test
    await test.stop()
    test = await TestHost.start({ dataFolder })
    expect((await test.client.call(routes.settings, {})).resources.memoryBytes).toBe(1e9)
    expect((await settings({ resources: { memoryBytes: null } })).budget.memoryBytes).toBeGreaterThan(1e9)
  })

  it.each([{ resources: { cpuThreads: 0 } }, { resources: { memoryBytes: 1.5 } }, { comeBack: 'yes' }, { other: 1 }])(
    'have limits that are numbers: %j is refused',
    async (body) => {
      const headers = { 'content-type': 'application/json' }
      const response = await test.fetch('/v1/settings', { method: 'PATCH', body: JSON.stringify(body), headers })
      expect((await problemOf(response)).code).toBe('INVALID_REQUEST')
    }
  )

  it('are admitted by what an earlier run was measured to use', async () => {
    const { slug, model } = await test.running('Measured', { general: { threads: 1 } })
    const measured = await until('it is measured', async () => (await get(slug)).instances[0]?.memoryBytes ?? undefined)
    expect(measured).toBeGreaterThan(50e6)
    const before = (await test.client.call(routes.workstation, {})).held.memoryBytes
    await stop(slug)
    const stored = await until('that is stored', async () => {
      const { project } = await get(slug)
      const { items } = await test.client.call(routes.listModels, { params: { id: project.id } })
      return items.find(({ id }) => id === model.id)?.instanceBytes
    })
    await start(slug)
    await test.untilStatus(slug, 'healthy')
    expect((await test.client.call(routes.workstation, {})).held.memoryBytes).toBe(stored)
    expect(stored).not.toBe(before)
  })
})

describe('a run’s history', () => {
  it('tells each state with its time and reason', async () => {
    const up = await test.running('Has a past')
    const [instance] = up.instances
    process.kill(instance?.pid ?? NaN, 'SIGKILL')
    await until('it is up again', async () => {
      const now = await get(up.slug)
      return now.status === 'healthy' && now.instances[0]?.restarts === 1 ? now : undefined
    })
    await stop(up.slug)
    await test.untilStatus(up.slug, 'stopped')
    const states = await until('the end is told', async () => {
      const all = await statesOf(up)
      return all.at(-1)?.status === 'stopped' ? all : undefined
    })
    expect(states.map(({ status }) => status)).toEqual([
      'queued',
      'preparing',
      'healthy',
      'preparing',
      'healthy',
      'stopping',
      'stopped'
    ])
    expect(states[3]?.reason).toBe('instance 1: the engine process was ended by SIGKILL')
    expect(states.at(-1)?.reason).toBe('stopped by a person')
    expect(states.map(({ at }) => at)).toEqual(states.map(({ at }) => at).toSorted())
    const response = await test.fetch(`/v1/runs/${'0'.repeat(26)}`)
    expect((await problemOf(response)).code).toBe('NOT_FOUND')
  })
})

describe('a picture over which engines die', () => {
  it('is refused for that run after the third, until a person clears it', async () => {
    const { id: project } = await test.client.call(routes.createProject, {
      body: { name: 'Faults', task: 'classification', classes: faultSpec.classes }
    })
    const form = new FormData()
    form.set('file', new Blob([await readFile(faultModelPath('hang'))]), 'hang.onnx')
    const inspected = await test.fetch('/v1/models/inspect', { method: 'POST', body: form })
    const { uploadId } = inspection.parse(await inspected.json())
    const model = await test.client.call(routes.createModel, {
      params: { id: project },
      body: { uploadId, spec: faultSpec }
    })
    const general = { threads: 1, deadlineMs: 2000 }
    const { slug } = await test.running('Poisoned', { project, model: model.id, general })
    const [white, grey] = [await greyPicture(255), await greyPicture(100)]
    const predict = async (image: Buffer) => test.post(`/v1/inferences/${slug}/predict`, new Uint8Array(image))
    for (let deaths = 1; deaths <= 3; deaths++) {
      const answer = await problemOf(await predict(white))
      expect(['DEADLINE_EXCEEDED', 'INFERENCE_NOT_READY', 'IMAGE_REFUSED']).toContain(answer.code)
      await until('another engine serves', async () => ((await predict(grey)).status === 200 ? true : undefined))
      if (answer.code === 'IMAGE_REFUSED') break
    }
    expect((await problemOf(await predict(white))).code).toBe('IMAGE_REFUSED')
    expect(await get(slug)).toMatchObject({ status: 'healthy', refusedImages: 1 })
    await test.client.call(routes.clearRefusedImages, { params: { slug } })
    expect((await get(slug)).refusedImages).toBe(0)
    expect((await problemOf(await predict(white))).code).not.toBe('IMAGE_REFUSED')
  }, 60_000)
})

describe('after the workstation went down', () => {
  const lastLines = async (dataFolder: string) => readFile(join(dataFolder, 'logs', 'lineside.log'), 'utf8')

  it('what was running runs again; the log tells that the stop was clean', async () => {
    const { slug } = await test.running('Comes back')
    const { dataFolder } = test
    await test.stop()
    test = await TestHost.start({ dataFolder })
    await test.untilStatus(slug, 'healthy')
    expect(await lastLines(dataFolder)).toContain('the last stop was clean; what was up comes back: “Comes back”')
  })

  it('it stays stopped where coming back is turned off, and says why', async () => {
    const { slug } = await test.running('Stays away')
    await settings({ comeBack: false })
    const { dataFolder } = test
    await test.stop()
    test = await TestHost.start({ dataFolder })
    expect(await get(slug)).toMatchObject({
      status: 'stopped',
      reason: 'not started again: coming back is turned off in the settings'
    })
    expect((await fetch(`${test.host.url}/readyz`)).status).toBe(200)
  })
})
