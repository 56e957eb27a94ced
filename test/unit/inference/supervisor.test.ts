import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { InferenceStatus } from '../../../main/contract/index.ts'
import { instanceLimits, type InstanceLimits } from '../../../main/host/inference/instanceLimits.ts'
import { ownEngine, type Loading } from '../../../main/host/inference/loading.ts'
import { Scheduler } from '../../../main/host/inference/scheduler.ts'
import { Supervisor, type SupervisorOptions } from '../../../main/host/inference/supervisor.ts'
import { boardModelPath, boardPicture, boardSpec, otherPicture } from './boards.ts'
import { keepingLogger } from '../host-data/keepingLogger.ts'

/** Runs with the real engine and the sample detector. */

const opened: Supervisor[] = []
const needs = { cpuThreads: 1, memoryBytes: 0, gpuMemoryBytes: 0 }

function limits(changes: Partial<InstanceLimits> = {}): InstanceLimits {
  return { ...instanceLimits({ deadlineMs: 30_000 }), ...changes }
}

function loading(modelPath: string, name = boardSpec.name): Loading {
  const engine = { threads: 1, providers: ['cpu' as const], pixelLimit: 100_000_000 }
  const load = { modelPath, spec: boardSpec, parameters: {}, classThresholds: {}, ...engine }
  return { model: { id: name, name, version: '1' }, load, entry: ownEngine }
}

function open(changes: Partial<SupervisorOptions> = {}, modelPath = boardModelPath) {
  const logger = keepingLogger()
  const statuses: InferenceStatus[] = []
  const supervisor: Supervisor = new Supervisor({
    instances: 1,
    queue: 100,
    name: 'Board check',
    loading: loading(modelPath),
    needs,
    scheduler: new Scheduler(),
    logger,
    random: () => 0,
    limits: limits(),
    onChange: () => {
      if (statuses.at(-1) !== supervisor.state.status) statuses.push(supervisor.state.status)
    },
    ...changes
  })
  opened.push(supervisor)
  return { supervisor, logger, statuses }
}

afterEach(async () => {
  for (const supervisor of opened.splice(0)) {
    supervisor.stop('the test is over')
    supervisor.abort()
    if (supervisor.state.slots.length > 0) await supervisor.ended
  }
})

function until(supervisor: Supervisor, status: InferenceStatus): Promise<void> {
  return vi.waitFor(() => expect(supervisor.state.status).toBe(status), { timeout: 20_000, interval: 10 })
}

async function healthy(changes: Partial<SupervisorOptions> = {}) {
  const run = open(changes)
  run.supervisor.start()
  await until(run.supervisor, 'healthy')
  return run
}

function pidOf(supervisor: Supervisor, index = 0): number {
  const pid = supervisor.instances[index]?.pid
  if (!pid) throw new Error('the instance has no process')
  return pid
}

const predict = (supervisor: Supervisor, deadlineMs = 30_000) =>
  supervisor.dispatcher.predict(boardPicture, deadlineMs, false)

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a run with the real engine', () => {
  it('comes up, finds the defects, and leaves no process when it stops', async () => {
    const { supervisor, statuses } = await healthy()
    const { result } = await predict(supervisor)
    expect(result.predictions.length).toBeGreaterThan(0)
    const pid = pidOf(supervisor)
    const last = [predict(supervisor), predict(supervisor), predict(supervisor)]
    supervisor.stop('enough')
    expect(await supervisor.ended).toBe('enough')
    for (const { result } of await Promise.all(last)) expect(result.predictions.length).toBeGreaterThan(0)
    expect(isAlive(pid)).toBe(false)
    expect(statuses).toEqual(['queued', 'preparing', 'healthy', 'stopping', 'stopped'])
  })

  it.each(['SIGKILL', 'SIGSEGV'] as const)('answers what was in an engine that dies by %s', async (signal) => {
    const { supervisor, statuses } = await healthy()
    const all = Array.from({ length: 12 }, () => predict(supervisor))
    await Promise.race(all)
    const dead = pidOf(supervisor)
    const died = performance.now()
    process.kill(dead, signal)
    await until(supervisor, 'preparing')
    expect(supervisor.state.reason).toContain(signal)
    await until(supervisor, 'healthy')
    const restartMs = Math.round(performance.now() - died)
    for (const { result } of await Promise.all(all)) expect(result.predictions.length).toBeGreaterThan(0)
    expect(pidOf(supervisor)).not.toBe(dead)
    expect(supervisor.instances[0]).toMatchObject({ state: 'ready', restarts: 1, provider: 'cpu' })
    expect(statuses.slice(2)).toEqual(['healthy', 'preparing', 'healthy'])
    expect(restartMs).toBeLessThan(15_000)
  })

  it('goes on with the other instance while one is replaced', async () => {
    const { supervisor, statuses } = await healthy({ instances: 2 })
    await vi.waitFor(() => expect(supervisor.state.reason).toBeNull(), { timeout: 20_000 })
    const all = Array.from({ length: 12 }, () => predict(supervisor))
    await Promise.race(all)
    process.kill(pidOf(supervisor, 1), 'SIGSEGV')
    expect(await Promise.all(all)).toHaveLength(12)
    await vi.waitFor(() => expect(supervisor.state.reason).toBeNull(), { timeout: 20_000 })
    expect(statuses).toEqual(['queued', 'preparing', 'healthy'])
    expect(supervisor.instances.map(({ restarts }) => restarts)).toEqual([0, 1])
  })

  it('refuses a picture that was alone at three deaths by fault, and goes on with others', async () => {
    const { supervisor } = await healthy()
    const outcomes: unknown[] = []
    for (const deaths of [2, 1]) {
      const answer = predict(supervisor).catch((error: unknown) => error)
      for (let death = 0; death < deaths; death++) {
        process.kill(pidOf(supervisor), 'SIGSEGV')
        await until(supervisor, 'preparing')
        await until(supervisor, 'healthy')
      }
      outcomes.push(await answer)
    }
    expect(outcomes).toMatchObject([{ code: 'INFERENCE_NOT_READY' }, { code: 'IMAGE_REFUSED' }])
    await expect(predict(supervisor)).rejects.toMatchObject({ code: 'IMAGE_REFUSED' })
    expect(supervisor.dispatcher.refusedImages).toBe(1)
    const other = await supervisor.dispatcher.predict(otherPicture, 30_000, false)
    expect(other.result.predictions.length).toBeGreaterThan(0)
    supervisor.dispatcher.clearRefusedImages()
    expect(supervisor.dispatcher.refusedImages).toBe(0)
    expect((await predict(supervisor)).result.predictions.length).toBeGreaterThan(0)
  })

  it('replaces an engine that hangs, and answers what it held', async () => {
    const { supervisor, logger } = await healthy({ limits: limits({ silentMs: 2000 }) })
    const dead = pidOf(supervisor)
    process.kill(dead, 'SIGSTOP')
    const { result } = await predict(supervisor)
    expect(result.predictions.length).toBeGreaterThan(0)
    expect(isAlive(dead)).toBe(false)
    expect(logger.lines.join()).toContain('was silent for 2 s')
  })

  it('ends an engine that does not stop', async () => {
    const { supervisor } = await healthy({ limits: limits({ stopMs: 200 }) })
    const dead = pidOf(supervisor)
    process.kill(dead, 'SIGSTOP')
    supervisor.stop('enough')
    expect(await supervisor.ended).toBe('enough')
    expect(isAlive(dead)).toBe(false)
  })

  it('ends at once when the time for a stop is over', async () => {
    const { supervisor } = await healthy()
    const all = Promise.allSettled(Array.from({ length: 50 }, () => predict(supervisor)))
    supervisor.stop('closing')
    supervisor.abort()
    expect(await supervisor.ended).toBe('closing')
    const refused = (await all).filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(40)
  })

  it('stops while it is preparing', async () => {
    const { supervisor, statuses } = open()
    supervisor.start()
    await until(supervisor, 'preparing')
    const pid = pidOf(supervisor)
    supervisor.stop('changed my mind')
    expect(await supervisor.ended).toBe('changed my mind')
    expect(isAlive(pid)).toBe(false)
    expect(statuses).toEqual(['queued', 'preparing', 'stopping', 'stopped'])
  })

  it('says so and waits for a person where the file is no model', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lineside-'))
    const broken = join(folder, 'broken.onnx')
    writeFileSync(broken, randomBytes(1000))
    const { supervisor, statuses } = open({}, broken)
    supervisor.start()
    await until(supervisor, 'failed')
    expect(supervisor.state).toMatchObject({ permanent: true, nextTryAt: null, slots: [] })
    expect(supervisor.state.reason).not.toBe('')
    supervisor.stop('given up')
    expect(await supervisor.ended).toBe('given up')
    expect(statuses).toEqual(['queued', 'preparing', 'failed', 'stopping', 'stopped'])
    rmSync(folder, { recursive: true })
  })

  it('fails with the time of its next try where the engine cannot start in time', async () => {
    const { supervisor } = open({ limits: limits({ startMs: 1 }) })
    supervisor.start()
    await until(supervisor, 'failed')
    expect(supervisor.state.reason).toContain('did not become ready within')
    expect(supervisor.state.nextTryAt).toBeGreaterThan(Date.now())
  })
})
