import { cpus } from 'node:os'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Inference, Prediction, ServerEvent, Timing } from '../../../main/contract/index.ts'
import { EventBus } from '../../../main/host/eventBus.ts'
import { RunFigures } from '../../../main/host/telemetry/figures.ts'
import { Metrics } from '../../../main/host/telemetry/metrics.ts'
import { runMeasures } from '../../../main/host/telemetry/runMeasures.ts'
import { SpanFigures } from '../../../main/host/telemetry/spanFigures.ts'
import { SlidingCounts } from '../../../main/host/telemetry/slidingCounts.ts'
import { busyShare, WorkstationWatch } from '../../../main/host/telemetry/workstationWatch.ts'
import { temporaryFolder } from './helpers.ts'
import { Scheduler } from '../../../main/host/inference/scheduler.ts'

/** Of a request that took so long in all. */
function timing(totalMs: number): Timing {
  return { queueMs: 0, decodeMs: 1, preprocessMs: 0, inferMs: totalMs / 2, postprocessMs: 0, recordMs: 0, totalMs }
}

function prediction(unknown: boolean): Prediction {
  return { class: 'scratch', confidence: 0.5, unknown }
}

test('figures of a run that has not answered yet', () => {
  expect(new RunFigures(() => 0).snapshot(3)).toEqual({
    requests: 0,
    failures: 0,
    failuresByCode: {},
    perMinute: 0,
    latencyMs: { p50: null, p95: null, p99: null },
    stagesMs: {},
    queued: 3,
    unknownShare: null,
    verdicts: { ok: 0, warn: 0, ng: 0 },
    recorded: 0,
    recordingFailures: 0,
    dropped: 0,
    recent: Array.from({ length: 60 }, () => 0),
    recentP95Ms: Array.from({ length: 60 }, () => null)
  })
})

test('percentiles of 1 to 1000 ms are what they are, within a thousandth', () => {
  const figures = new RunFigures(() => 0)
  for (let ms = 1; ms <= 1000; ms++) figures.answered(timing(ms), [])
  const { latencyMs } = figures.snapshot(0)
  expect(Math.abs((latencyMs.p50 ?? 0) - 500)).toBeLessThan(1)
  expect(Math.abs((latencyMs.p95 ?? 0) - 950)).toBeLessThan(1)
  expect(Math.abs((latencyMs.p99 ?? 0) - 990)).toBeLessThan(1)
})

test('percentiles by stage, within a hundredth; recording counts where there was one', () => {
  const figures = new RunFigures(() => 0)
  for (let ms = 1; ms <= 100; ms++) figures.answered({ ...timing(2 * ms), recordMs: ms > 90 ? 7 : 0 }, [])
  const { stagesMs } = figures.snapshot(0)
  expect(stagesMs.infer?.p50).toBeCloseTo(50, 0)
  expect(stagesMs.total?.p95).toBeCloseTo(190, -1)
  expect(stagesMs.record).toEqual({ p50: expect.closeTo(7, 1), p95: expect.closeTo(7, 1), p99: expect.closeTo(7, 1) })
})

test('latencies of long ago are forgotten once there are newer ones, and not before', () => {
  let now = 0
  const figures = new RunFigures(() => now)
  figures.answered(timing(1000), [])
  now = 3_600_000
  expect(figures.snapshot(0).latencyMs.p50).toBeCloseTo(1000, 0)
  figures.answered(timing(10), [])
  expect(figures.snapshot(0).latencyMs.p99).toBeCloseTo(10, 1)
})

test('counts: failures are requests too, unknown is a share of the predictions', () => {
  const figures = new RunFigures(() => 0)
  figures.answered(timing(5), [prediction(true), prediction(false), prediction(false)])
  figures.answered(timing(5), [prediction(false)])
  figures.failed('QUEUE_FULL')
  figures.recorded()
  figures.recordingFailed(true)
  figures.recordingFailed(false)
  const shown = figures.snapshot(0)
  expect(shown).toMatchObject({ requests: 3, failures: 1, perMinute: 3, unknownShare: 0.25 })
  expect(shown).toMatchObject({ recorded: 1, recordingFailures: 2, dropped: 1, failuresByCode: { QUEUE_FULL: 1 } })
})

test('requests fall out of the last minute, and move through the last 15', () => {
  let now = 0
  const figures = new RunFigures(() => now)
  figures.answered(timing(5), [])
  now = 59_999
  expect(figures.snapshot(0).perMinute).toBe(1)
  now = 60_000
  figures.failed('QUEUE_FULL')
  const shown = figures.snapshot(0)
  expect(shown.perMinute).toBe(1)
  expect(shown.recent.slice(-5)).toEqual([1, 0, 0, 0, 1])
  now = 15 * 60_000
  expect(figures.snapshot(0).recent).toEqual([0, 0, 0, 1, ...Array.from({ length: 56 }, () => 0)])
  now = 30 * 60_000
  expect(figures.snapshot(0).recent.every((count) => count === 0)).toBe(true)
})

test('the latency that 95 of 100 requests kept stands in its quarter of a minute, until 15 minutes have passed', () => {
  let now = 0
  const figures = new RunFigures(() => now)
  for (let ms = 1; ms <= 100; ms++) figures.answered(timing(ms), [])
  now = 14_999
  expect(figures.snapshot(0).recentP95Ms.at(-1)).toBeCloseTo(95, 0)
  now = 45_000
  figures.answered(timing(7), [])
  const shown = figures.snapshot(0).recentP95Ms
  expect(shown).toHaveLength(60)
  expect(shown.slice(-5)).toEqual([null, expect.closeTo(95, 0), null, null, expect.closeTo(7, 1)])
  now = 45_000 + 59 * 15_000
  expect(figures.snapshot(0).recentP95Ms).toEqual([expect.closeTo(7, 1), ...Array.from({ length: 59 }, () => null)])
  now += 15_000
  expect(figures.snapshot(0).recentP95Ms.every((value) => value === null)).toBe(true)
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

const healthy: Inference = {
  slug: 'surface-check',
  name: 'Surface check',
  type: 'api',
  project: { id: '', name: '' },
  status: 'healthy',
  reason: null,
  since: '',
  nextTryAt: null,
  lastPreparingMs: null,
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
      step: null,
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
  figures: { ...new RunFigures(() => 0).snapshot(4), sampling: [], unanswered: 0 }
}

test('what Prometheus is told', async () => {
  const metrics = new Metrics(async () => [healthy])
  const history = { present: new SpanFigures(), end: () => undefined }
  const measures = runMeasures(metrics, history, 'surface-check', () => 0)
  const verdict = { outcome: 'NG' as const, rule: 'large' }
  const found = { image: { width: 1, height: 1 }, predictions: [prediction(true), prediction(false)], verdict }
  const latest = { requestId: '', at: '', ...found, totalMs: 40, sample: null }
  const took = { queueMs: 0, decodeMs: 9, preprocessMs: 1, inferMs: 25, postprocessMs: 1, recordMs: 4, totalMs: 40 }
  measures.answered(latest, took)
  measures.answered({ ...latest, verdict: null }, took)
  measures.failed('QUEUE_FULL')
  measures.recorded()
  measures.recordingTroubled('STORAGE_FULL')
  expect(measures.figures(0)).toMatchObject({ requests: 3, failures: 1, recorded: 1, recordingFailures: 1 })
  expect(measures.figures(0).verdicts).toEqual({ ok: 0, warn: 0, ng: 1 })
  expect(
    ['requests', 'predictions', 'unknown', 'recorded', 'dropped'].map((name) => history.present.count(name))
  ).toEqual([3, 4, 2, 1, 1])
  expect(history.present.countsOf('verdict:')).toEqual({ NG: 1 })
  const text = await metrics.render()
  for (const line of [
    'lineside_requests_total{inference="surface-check",outcome="answered"} 2',
    'lineside_requests_total{inference="surface-check",outcome="failed"} 1',
    'lineside_failures_total{inference="surface-check",code="QUEUE_FULL"} 1',
    'lineside_predictions_total{inference="surface-check",unknown="true"} 2',
    'lineside_predictions_total{inference="surface-check",unknown="false"} 2',
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
