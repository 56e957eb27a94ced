import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { newSetup, type InferenceStatus, type NewSetupInput } from '../../../main/contract/index.ts'
import { Inferences, type InferencesServices } from '../../../main/host/inference/inferences.ts'
import { Scheduler } from '../../../main/host/inference/scheduler.ts'
import { atEnd } from '../host-data/helpers.ts'
import { keepingLogger } from '../host-data/keepingLogger.ts'
import { faultModelPath, faultSpec, greyPicture } from '../../helpers/faultModels.ts'
import { HandTime } from '../../helpers/handTime.ts'
import { boardPicture, boardSpec } from './boards.ts'
import { openHouse, type House } from './house.ts'

/** Inferences over a real store with real engines, by a clock that the test moves. */

const minute = 60_000
let house: House
let time: HandTime

beforeEach(async () => {
  house = await openHouse()
  time = new HandTime(new Date('2026-11-24T20:00:00').getTime())
})

function open(changes: Partial<InferencesServices> = {}) {
  const logger = keepingLogger()
  const inferences = new Inferences({ ...house.services, time, logger, ...changes })
  atEnd(() => inferences.stopAll(0))
  return { inferences, lines: logger.lines }
}

function setupOf(changes: Partial<NewSetupInput>) {
  const { project, model } = house
  return newSetup.parse({ project, model, type: 'api', name: 'Board check', ...changes })
}

const slug = 'board-check'

const until = (inferences: Inferences, status: InferenceStatus, of = slug) =>
  vi.waitFor(async () => expect((await inferences.get(of)).status).toBe(status), { timeout: 20_000, interval: 10 })

function predict(inferences: Inferences, isTry = false) {
  const request = { requestId: 'r', image: boardPicture, metadata: {}, deadlineMs: undefined, isTry }
  return inferences.predict(slug, request)
}

async function up(shutdown: NonNullable<NewSetupInput['general']>['shutdown']) {
  const opened = open()
  await opened.inferences.create(setupOf({ general: { gpu: false, shutdown } }))
  await opened.inferences.start(slug)
  await until(opened.inferences, 'healthy')
  return opened
}

describe('the shutdown time', () => {
  it('ends a run that is idle; what was accepted is answered, a try keeps nothing alive, and it stays stopped', async () => {
    const { inferences } = await up({ kind: 'idle', minutes: 5 })
    time.pass(4 * minute)
    await predict(inferences)
    const { shutdownAt } = await inferences.get(slug)
    expect(Date.parse(shutdownAt ?? '')).toBe(time.now() + 5 * minute)
    time.pass(4 * minute)
    await predict(inferences, true)
    const last = predict(inferences, true)
    time.pass(minute)
    await until(inferences, 'stopped')
    expect((await last).predictions.length).toBeGreaterThan(0)
    const ended = await inferences.get(slug)
    expect(ended).toMatchObject({ reason: 'shutdown time: idle for 5 min', shutdownAt: null })
    const next = open()
    await next.inferences.resume()
    expect((await next.inferences.get(slug)).status).toBe('stopped')
    expect(time.timers).toBe(0)
  })

  it.each([
    [{ kind: 'after', hours: 2 }, 120, 'shutdown time: 2 h after its start'],
    [{ kind: 'at', time: '22:30' }, 150, 'shutdown time: 22:30']
  ] as const)('%j ends a run that is in use', async (shutdown, minutes, reason) => {
    const { inferences } = await up(shutdown)
    expect(Date.parse((await inferences.get(slug)).shutdownAt ?? '')).toBe(time.now() + minutes * minute)
    time.pass(minutes * minute - 1)
    await predict(inferences)
    time.pass(1)
    await until(inferences, 'stopped')
    expect((await inferences.get(slug)).reason).toBe(reason)
    const { items } = await inferences.runs({ limit: 1 })
    await vi.waitFor(async () => expect((await inferences.run(items[0]?.id ?? '')).endReason).toBe(reason))
  })
})

describe('a run that was cut off', () => {
  it('comes back with the class thresholds that it had, and the log says that the stop was not clean', async () => {
    await up({ kind: 'never' })
    const thresholds = JSON.stringify(Object.fromEntries(boardSpec.classes.map((name) => [name, 1])))
    await house.database.write([
      house.database.read.updateTable('runs').set({ class_thresholds: thresholds }).compile()
    ])
    const { inferences, lines } = open()
    await inferences.resume()
    expect(lines[0]).toBe(
      'the last stop was not clean, runs that were cut off: 1; what was up comes back: “Board check”'
    )
    await until(inferences, 'healthy')
    const { predictions } = await predict(inferences)
    expect(predictions.length).toBeGreaterThan(0)
    expect(predictions.filter(({ unknown }) => !unknown)).toEqual([])
    await inferences.stop(slug, 'enough')
    await until(inferences, 'stopped')
    await inferences.start(slug)
    await until(inferences, 'healthy')
    expect((await predict(inferences)).predictions.filter(({ unknown }) => unknown)).toEqual([])
  })
})

const names = ['a', 'b', 'c']
const anyAct = fc.record({
  who: fc.constantFrom(...names),
  act: fc.constantFrom('start', 'start', 'stop', 'kill', 'budget', 'wait'),
  number: fc.integer({ min: 1, max: 3 })
})
const seed = Number(process.env['LINESIDE_SEED'] ?? Math.floor(Math.random() * 1e9))

it(`real runs, started, stopped and killed at random (seed ${seed}): what must hold holds`, async () => {
  const scheduler = new Scheduler({ cpuThreads: 2, memoryBytes: 1e12, gpuMemoryBytes: null })
  const { inferences } = open({ scheduler })
  const { projects, models } = house.services
  const project = await projects.create({ name: 'Faults', task: 'classification', classes: faultSpec.classes })
  const model = await models.importFile(project.id, faultModelPath('hungry'), 'hungry.onnx', faultSpec)
  for (const name of names) {
    const general = { gpu: false, threads: 1 }
    await inferences.create(setupOf({ project: project.id, model: model.id, name, general }))
  }
  const check = async () => {
    const open = await house.database.read
      .selectFrom('runs')
      .select('inference_slug')
      .where('ended_at', 'is', null)
      .execute()
    const slugs = open.map((row) => row.inference_slug)
    expect(new Set(slugs).size).toBe(slugs.length)
    for (const { status, instances, run } of await inferences.list()) {
      expect(run !== null).toBe(status !== 'stopped')
      expect(status === 'healthy').toBe(status !== 'stopping' && instances.some(({ state }) => state === 'ready'))
    }
  }
  for (const { who, act, number } of fc.sample(anyAct, { numRuns: 60, seed })) {
    if (act === 'start')
      await inferences.start(who).catch((error: unknown) => expect(error).toMatchObject({ code: 'CONFLICT' }))
    if (act === 'stop') await inferences.stop(who, 'told to')
    if (act === 'budget') scheduler.budget = { ...scheduler.budget, cpuThreads: number }
    if (act === 'wait') await new Promise((resolve) => setTimeout(resolve, 50 * number))
    const pid = (await inferences.get(who)).instances[0]?.pid
    if (act === 'kill' && pid) process.kill(pid, 'SIGKILL')
    await check()
  }
  scheduler.budget = { ...scheduler.budget, cpuThreads: 3 }
  for (const name of names) {
    const up = async () => {
      await inferences.start(name).catch(() => undefined)
      expect((await inferences.get(name)).status).toBe('healthy')
    }
    await vi.waitFor(up, { timeout: 20_000, interval: 20 })
  }
  const image = await greyPicture(100)
  for (const name of names) {
    const request = { requestId: 'r', image, metadata: {}, deadlineMs: undefined, isTry: false }
    expect((await inferences.predict(name, request)).predictions).toHaveLength(1)
  }
  const pids = (await inferences.list()).flatMap(({ instances }) => instances.flatMap(({ pid }) => pid ?? []))
  await inferences.stopAll(10_000)
  expect(pids.filter(isAlive)).toEqual([])
  expect(scheduler.held).toEqual({ cpuThreads: 0, memoryBytes: 0, gpuMemoryBytes: 0 })
}, 120_000)

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
