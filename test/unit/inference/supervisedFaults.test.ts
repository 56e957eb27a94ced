import { afterEach, describe, expect, it, vi } from 'vitest'
import { instanceLimits, memoryLimitOf, type InstanceLimits } from '../../../main/host/inference/instanceLimits.ts'
import { ownEngine } from '../../../main/host/inference/loading.ts'
import { Scheduler } from '../../../main/host/inference/scheduler.ts'
import { Supervisor } from '../../../main/host/inference/supervisor.ts'
import { keepingLogger } from '../host-data/keepingLogger.ts'
import { faultModelPath, faultSpec, greyPicture } from '../../helpers/faultModels.ts'

/** Runs with the real engine and models that hang or grow over a white picture. */

const opened: Supervisor[] = []

afterEach(async () => {
  for (const supervisor of opened.splice(0)) {
    supervisor.stop('the test is over')
    supervisor.abort()
    await supervisor.ended
  }
})

async function healthy(model: 'hang' | 'hungry', changes: Partial<InstanceLimits>, instances = 1) {
  const logger = keepingLogger()
  const engine = { threads: 1, providers: ['cpu' as const], pixelLimit: 1_000_000 }
  const load = { modelPath: faultModelPath(model), spec: faultSpec, parameters: {}, classThresholds: {}, ...engine }
  const supervisor = new Supervisor({
    ...{ name: model, instances, queue: 100, scheduler: new Scheduler(), logger, random: () => 0 },
    loading: { model: { id: model, name: model, version: '1' }, load, entry: ownEngine },
    needs: { cpuThreads: 1, memoryBytes: 0, gpuMemoryBytes: 0 },
    limits: { ...instanceLimits({ deadlineMs: 60_000 }), ...changes },
    onChange: () => undefined
  })
  opened.push(supervisor)
  supervisor.start()
  await until(() => expect(supervisor.instances.map(({ state }) => state)).toEqual(Array(instances).fill('ready')))
  return { supervisor, logger }
}

const until = (isSo: () => void) => vi.waitFor(isSo, { timeout: 30_000, interval: 20 })

const [white, grey] = await Promise.all([greyPicture(255), greyPicture(100)])

const predict = (supervisor: Supervisor, image: Buffer) => supervisor.dispatcher.predict(image, 60_000, false)

describe('an engine', () => {
  it('whose session hangs is replaced; the picture is tried once more and then answered 503', async () => {
    const { supervisor, logger } = await healthy('hang', { runMs: 1000 })
    expect((await predict(supervisor, grey)).result.predictions).toHaveLength(1)
    await expect(predict(supervisor, white)).rejects.toMatchObject({ code: 'INFERENCE_NOT_READY' })
    expect(logger.lines.filter((line) => line.includes('a run of the session took longer than 1.0 s'))).not.toEqual([])
    await until(() => expect(supervisor.state.status).toBe('healthy'))
    expect((await predict(supervisor, grey)).result.predictions).toHaveLength(1)
    expect(supervisor.instances[0]?.restarts).toBe(2)
  })

  it('that is stopped from outside while nothing is asked of it is found too', async () => {
    const { supervisor, logger } = await healthy('hungry', { silentMs: 2500 })
    process.kill(supervisor.instances[0]?.pid ?? NaN, 'SIGSTOP')
    await until(() => expect(supervisor.instances[0]).toMatchObject({ state: 'ready', restarts: 1 }))
    expect(logger.lines.join()).toContain('was silent for 2.5 s')
    expect((await predict(supervisor, grey)).result.predictions).toHaveLength(1)
  })

  it('that takes more memory than it may is replaced while the other serves, and no picture is blamed', async () => {
    const { supervisor, logger } = await healthy('hungry', { memoryBytes: 400 * 1024 * 1024 }, 2)
    const serving = new AbortController()
    const others = (async () => {
      for (; !serving.signal.aborted; await new Promise((resolve) => setTimeout(resolve, 10)))
        await predict(supervisor, grey)
    })()
    expect((await predict(supervisor, white)).result.predictions).toHaveLength(1)
    await until(() => expect(supervisor.instances.map(({ restarts }) => restarts).toSorted()).toEqual([0, 1]))
    await until(() => expect(supervisor.instances.map(({ state }) => state)).toEqual(['ready', 'ready']))
    serving.abort()
    await others
    expect(logger.lines.join()).toMatch(/it used \d+ MB of memory, over its limit of 419 MB/)
    expect(supervisor.dispatcher.refusedImages).toBe(0)
    expect(supervisor.peakBytes).toBeGreaterThan(400 * 1024 * 1024)
  })

  it('tells what it uses', async () => {
    const { supervisor } = await healthy('hungry', {})
    await until(() => expect(supervisor.instances[0]?.cpuShare).toBeGreaterThanOrEqual(0))
    expect(supervisor.instances[0]?.memoryBytes).toBeGreaterThan(20_000_000)
  })
})

describe('the limits', () => {
  it('find a hanging engine at half of the deadline where that is long enough to be sure', () => {
    const of = (deadlineMs: number) => {
      const { silentMs, runMs, answerMs } = instanceLimits({ deadlineMs })
      return [silentMs, runMs, answerMs]
    }
    expect(of(10_000)).toEqual([5000, 5000, 120_000])
    expect(of(500)).toEqual([5000, 1000, 120_000])
    expect(of(600_000)).toEqual([60_000, 5000, 1_200_000])
  })

  it('let an instance have twice what it used when it was ready, and room for pictures, or what the setup says', () => {
    expect(memoryLimitOf(null, 300_000_000)).toBe(600_000_000 + 1024 ** 3)
    expect(memoryLimitOf(instanceLimits({ deadlineMs: 1000, memoryLimitMb: 512 }).memoryBytes, 3e8)).toBe(536_870_912)
  })
})
