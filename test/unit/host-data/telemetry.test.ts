import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logRecord, type Inference, type Prediction, type ServerEvent } from '../../../main/contract/index.ts'
import { EventBus } from '../../../main/host/eventBus.ts'
import { RunFigures } from '../../../main/host/telemetry/figures.ts'
import { Logs } from '../../../main/host/telemetry/logs.ts'
import { Metrics } from '../../../main/host/telemetry/metrics.ts'
import { runMeasures } from '../../../main/host/telemetry/runMeasures.ts'
import { SlidingCounts } from '../../../main/host/telemetry/slidingCounts.ts'
import { busyShare, WorkstationWatch } from '../../../main/host/telemetry/workstationWatch.ts'
import { temporaryFolder, until } from './helpers.ts'
import { Scheduler } from '../../../main/host/inference/scheduler.ts'

function prediction(unknown: boolean): Prediction {
  return { class: 'scratch', confidence: 0.5, unknown }
}

test('figures of a run that has not answered yet', () => {
  expect(new RunFigures(() => 0).snapshot(3)).toEqual({
    requests: 0,
    failures: 0,
    perMinute: 0,
    latencyMs: { p50: null, p95: null, p99: null },
    queued: 3,
    unknownShare: null,
    verdicts: { ok: 0, warn: 0, ng: 0 },
    recorded: 0,
    recordingFailures: 0,
    recent: Array.from({ length: 15 }, () => 0)
  })
})

test('percentiles of 1 to 1000 ms are what they are, within a thousandth', () => {
  const figures = new RunFigures(() => 0)
  for (let ms = 1; ms <= 1000; ms++) figures.answered(ms, [])
  const { latencyMs } = figures.snapshot(0)
  expect(Math.abs((latencyMs.p50 ?? 0) - 500)).toBeLessThan(1)
  expect(Math.abs((latencyMs.p95 ?? 0) - 950)).toBeLessThan(1)
  expect(Math.abs((latencyMs.p99 ?? 0) - 990)).toBeLessThan(1)
})

test('latencies of long ago are forgotten once there are newer ones, and not before', () => {
  let now = 0
  const figures = new RunFigures(() => now)
  figures.answered(1000, [])
  now = 3_600_000
  expect(figures.snapshot(0).latencyMs.p50).toBeCloseTo(1000, 0)
  figures.answered(10, [])
  expect(figures.snapshot(0).latencyMs.p99).toBeCloseTo(10, 1)
})

test('counts: failures are requests too, unknown is a share of the predictions', () => {
  const figures = new RunFigures(() => 0)
  figures.answered(5, [prediction(true), prediction(false), prediction(false)])
  figures.answered(5, [prediction(false)])
  figures.failed()
  figures.recorded()
  figures.recordingFailed()
  const shown = figures.snapshot(0)
  expect(shown).toMatchObject({ requests: 3, failures: 1, perMinute: 3, unknownShare: 0.25 })
  expect(shown).toMatchObject({ recorded: 1, recordingFailures: 1 })
})

test('requests fall out of the last minute, and move through the last 15', () => {
  let now = 0
  const figures = new RunFigures(() => now)
  figures.answered(5, [])
  now = 59_999
  expect(figures.snapshot(0).perMinute).toBe(1)
  now = 60_000
  figures.failed()
  const shown = figures.snapshot(0)
  expect(shown.perMinute).toBe(1)
  expect(shown.recent.slice(-2)).toEqual([1, 1])
  now = 15 * 60_000
  expect(figures.snapshot(0).recent).toEqual([1, ...Array.from({ length: 14 }, () => 0)])
  now = 30 * 60_000
  expect(figures.snapshot(0).recent.every((count) => count === 0)).toBe(true)
})

test('a sliding count is the number of events in its spans, whenever they came', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 })
  const property = fc.property(steps, (gaps) => {
    let now = 0
    const counts = new SlidingCounts(100, 7, () => now)
    const times = gaps.map((gap) => {
      now += gap
      counts.add()
      return now
    })
    const first = Math.floor(now / 100) - 6
    expect(counts.total()).toBe(times.filter((time) => Math.floor(time / 100) >= first).length)
  })
  fc.assert(property)
})

test('log lines reach the file, the inference’s last lines and the windows; the level holds for all', async () => {
  const folder = await temporaryFolder()
  const bus = new EventBus()
  const events: ServerEvent[] = []
  bus.subscribe((event) => events.push(event))
  const logs = await Logs.open(folder, 'info', bus)
  const logger = logs.logger.child({ inference: 'surface-check' })
  logger.debug('too fine')
  logger.child({ instance: 2 }).warn('it died', { signal: 'SIGSEGV' })
  logs.logger.info('of the host')
  expect(logs.of('surface-check')).toMatchObject([
    { level: 'warn', inference: 'surface-check', message: 'it died (signal: SIGSEGV)' }
  ])
  for (const record of logs.of('surface-check')) logRecord.parse(record)
  expect(events).toMatchObject([{ type: 'log' }, { type: 'log', record: { inference: null } }])
  await logs.close()
  const written = readFileSync(join(folder, 'logs', 'lineside.log'), 'utf8')
    .trimEnd()
    .split('\n')
  expect(written.map((line): unknown => JSON.parse(line))).toMatchObject([
    { level: 'warn', inference: 'surface-check', instance: 2, signal: 'SIGSEGV', message: 'it died' },
    { level: 'info', message: 'of the host' }
  ])
})

test('an inference’s last 1000 lines are kept, and go with it', async () => {
  const bus = new EventBus()
  const logs = await Logs.open(await temporaryFolder(), 'info', bus)
  const logger = logs.logger.child({ inference: 'busy' })
  for (let line = 0; line < 1234; line++) logger.info(`line ${line}`)
  const kept = logs.of('busy')
  expect([kept.length, kept[0]?.message, kept.at(-1)?.message]).toEqual([1000, 'line 234', 'line 1233'])
  bus.publish({ type: 'inference-removed', slug: 'busy' })
  expect(logs.of('busy')).toEqual([])
  await logs.close()
})

/** Empty in the moment between a full file's renaming and the next one's making. */
function newestLog(folder: string): string {
  try {
    return readFileSync(join(folder, 'logs', 'lineside.log'), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

test('the log’s files stay few and small, and the newest lines are in them', async () => {
  const folder = await temporaryFolder()
  const logs = await Logs.open(folder, 'info', new EventBus(), { mostBytes: 2000, files: 3 })
  for (let line = 0; line < 200; line++) {
    logs.logger.info(`line ${line}`)
    if (line % 5 === 0) await until(() => newestLog(folder).includes(`line ${line}"`))
  }
  await logs.close()
  const names = readdirSync(join(folder, 'logs')).sort()
  expect(names).toEqual(['lineside.log', 'lineside.log.1', 'lineside.log.2'])
  const text = names.reverse().map((name) => readFileSync(join(folder, 'logs', name), 'utf8'))
  const lines = text
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => Number(/line (\d+)/.exec(line)?.[1]))
  expect(lines.at(-1)).toBe(199)
  expect(lines).toEqual(lines.map((_, index) => 200 - lines.length + index))
})

test('a log goes on in the file that the host before left', async () => {
  const folder = await temporaryFolder()
  for (const line of ['first start', 'second start']) {
    const logs = await Logs.open(folder, 'info', new EventBus())
    logs.logger.info(line)
    await logs.close()
  }
  const text = readFileSync(join(folder, 'logs', 'lineside.log'), 'utf8')
  expect(text).toMatch(/first start.*\n.*second start/)
})

const healthy: Inference = {
  slug: 'surface-check',
  name: 'Surface check',
  type: 'api',
  project: { id: '', name: '' },
  status: 'healthy',
  reason: null,
  since: '',
  nextTryAt: null,
  shutdownAt: null,
  nextModel: null,
  refusedImages: 0,
  queue: null,
  endpoint: '',
  model: { id: '', name: '', version: '', task: 'detection' },
  run: null,
  instances: (['ready', 'restarting', 'ready'] as const).map((state, number) => ({
    ...{
      number,
      state,
      provider: 'cpu',
      fallback: null,
      pid: 1,
      requests: 0,
      restarts: 0,
      memoryBytes: null,
      cpuShare: null
    }
  })),
  counter: { ok: 0, warn: 0, ng: 0, errors: 0, since: '' },
  outputs: [
    {
      ...{ id: '', name: 'Gate', kind: 'webhook', state: 'failing', failingSince: '', lastError: '', nextTryAt: null },
      ...{ queued: 7, delivered: 1, failed: 0, dropped: 0 }
    }
  ],
  figures: { ...new RunFigures(() => 0).snapshot(4), sampling: [] }
}

test('what Prometheus is told', async () => {
  const metrics = new Metrics(async () => [healthy])
  const measures = runMeasures(metrics, 'surface-check', () => 0)
  const verdict = { outcome: 'NG' as const, rule: 'large' }
  const found = { image: { width: 1, height: 1 }, predictions: [], verdict, sample: null }
  const latest = { requestId: '', at: '', ...found, totalMs: 40 }
  const timing = { queueMs: 0, decodeMs: 9, preprocessMs: 1, inferMs: 25, postprocessMs: 1, recordMs: 4, totalMs: 40 }
  measures.answered(latest, timing)
  measures.answered({ ...latest, verdict: null }, timing)
  measures.failed()
  measures.recorded()
  measures.recordingTroubled('STORAGE_FULL')
  expect(measures.figures(0)).toMatchObject({ requests: 3, failures: 1, recorded: 1, recordingFailures: 1 })
  expect(measures.figures(0).verdicts).toEqual({ ok: 0, warn: 0, ng: 1 })
  const text = await metrics.render()
  for (const line of [
    'lineside_requests_total{inference="surface-check",outcome="answered"} 2',
    'lineside_requests_total{inference="surface-check",outcome="failed"} 1',
    'lineside_request_seconds_bucket{le="0.02",inference="surface-check",stage="total"} 0',
    'lineside_request_seconds_bucket{le="0.05",inference="surface-check",stage="total"} 2',
    'lineside_request_seconds_sum{inference="surface-check",stage="infer"} 0.05',
    'lineside_queued_requests{inference="surface-check"} 4',
    'lineside_ready_instances{inference="surface-check"} 2',
    'lineside_inference_status{inference="surface-check",status="healthy"} 1',
    'lineside_inference_status{inference="surface-check",status="failed"} 0',
    'lineside_verdicts_total{inference="surface-check",outcome="NG"} 1',
    'lineside_output_failing{inference="surface-check",output="Gate"} 1',
    'lineside_output_queued{inference="surface-check",output="Gate"} 7',
    'lineside_samples_recorded_total{inference="surface-check"} 1',
    'lineside_recording_failures_total{inference="surface-check",code="STORAGE_FULL"} 1'
  ]) {
    expect(text).toContain(`${line}\n`)
  }
  expect(await new Metrics(async () => []).render()).not.toContain('surface-check')
})

test('the CPU’s busy share', () => {
  const core = (busy: number, idle: number) => ({
    ...{ model: '', speed: 0, times: { user: busy, nice: 0, sys: 0, irq: 0, idle } }
  })
  expect(busyShare([core(100, 100), core(0, 0)], [core(130, 110), core(0, 20)])).toBeCloseTo(0.5)
  expect(busyShare([core(1, 1)], [core(1, 1)])).toBe(0)
})

test('the workstation is published while it is watched', async () => {
  const bus = new EventBus()
  const watch = new WorkstationWatch(await temporaryFolder(), bus, async () => [healthy, { status: 'failed' }], {
    scheduler: new Scheduler({ cpuThreads: 4, memoryBytes: 1000, gpuMemoryBytes: null }),
    gpu: null
  })
  const published = new Promise<ServerEvent>((resolve) => void bus.subscribe(resolve))
  const stop = watch.start()
  const event = await published
  await stop()
  if (event.type !== 'workstation') throw new Error(event.type)
  const { cpu, memory, disk, inferences } = event.workstation
  expect(inferences).toEqual({ total: 2, healthy: 1, failed: 1 })
  expect(cpu.cores).toBe(cpus().length)
  expect(cpu.share).toBeGreaterThan(0)
  expect(memory.usedBytes).toBeLessThan(memory.totalBytes)
  expect(disk.freeBytes).toBeLessThanOrEqual(disk.totalBytes)
})
