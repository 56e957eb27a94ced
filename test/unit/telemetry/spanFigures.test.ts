import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Timing } from '../../../main/contract/index.ts'
import { historySteps, spanOf, stepsFor } from '../../../main/host/telemetry/historySteps.ts'
import { percentilesOf } from '../../../main/host/telemetry/slidingLatencies.ts'
import { SpanFigures } from '../../../main/host/telemetry/spanFigures.ts'

type Happening = { ms: number } | { code: string } | { queued: number } | { sample: 'recorded' | 'dropped' }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ ms: fc.double({ min: 0, max: 200_000, noNaN: true }) }),
  fc.record({ code: fc.constantFrom('QUEUE_FULL', 'DEADLINE_EXCEEDED') }),
  fc.record({ queued: fc.nat(64) }),
  fc.record({ sample: fc.constantFrom('recorded' as const, 'dropped' as const) })
)

function timing(ms: number): Timing {
  return { queueMs: ms / 10, decodeMs: 1, preprocessMs: 0, inferMs: ms / 2, postprocessMs: 0, recordMs: 0, totalMs: ms }
}

function happens(figures: SpanFigures, what: Happening): void {
  if ('ms' in what) figures.answered({ predictions: [] }, timing(what.ms))
  else if ('code' in what) figures.failed(what.code)
  else if ('queued' in what) figures.waiting(what.queued)
  else figures.add(what.sample)
}

/** All that is told of a span. */
function shown(figures: SpanFigures) {
  const counts = ['requests', 'recorded', 'dropped'].map((name) => figures.count(name))
  const latencies = (['queue', 'infer', 'total'] as const).map((stage) => {
    const histogram = figures.latencies(stage)
    return histogram && { count: histogram.totalCount, ...percentilesOf(histogram) }
  })
  return { counts, failures: figures.countsOf('failed:'), latencies, mostQueued: figures.mostQueued }
}

test('spans merged, whatever they are cut into and stored between, hold what one span would', () => {
  const property = fc.property(fc.array(fc.array(happening, { maxLength: 30 }), { maxLength: 12 }), (spans) => {
    const whole = new SpanFigures()
    const merged = new SpanFigures()
    for (const span of spans) {
      const part = new SpanFigures()
      for (const what of span) {
        happens(part, what)
        happens(whole, what)
      }
      merged.merge(SpanFigures.from(part.stored()))
    }
    expect(shown(merged)).toEqual(shown(whole))
  })
  fc.assert(property, { numRuns: 60 })
})

test('percentiles are those of the sorted values, within a hundredth; over two minutes counts as two minutes', () => {
  const property = fc.property(
    fc.array(fc.double({ min: 0.1, max: 200_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
    (values) => {
      const figures = new SpanFigures()
      for (const ms of values) figures.answered({ predictions: [] }, timing(ms))
      const sorted = values.map((ms) => Math.min(120_000, ms)).toSorted((a, b) => a - b)
      const expected = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
      const histogram = figures.latencies('total')
      const { p50, p95, p99 } = histogram ? percentilesOf(histogram) : { p50: null, p95: null, p99: null }
      for (const [given, share] of [
        [p50, 0.5],
        [p95, 0.95],
        [p99, 0.99]
      ] as const)
        expect(Math.abs((given ?? NaN) - expected(share))).toBeLessThanOrEqual(expected(share) * 0.01 + 0.002)
    }
  )
  fc.assert(property, { numRuns: 60 })
})

test('every range has a step of few points, made of whole kept spans that reach back far enough', () => {
  const property = fc.property(fc.integer({ min: 60, max: 30 * 24 * 3600 }), (rangeSeconds) => {
    const { kept, step } = stepsFor({ rangeSeconds, stage: 'total' })
    expect(step % kept).toBe(0)
    expect(rangeSeconds / step).toBeLessThanOrEqual(400)
    expect(historySteps.find((each) => each.step === kept)?.kept).toBeGreaterThan(rangeSeconds)
  })
  fc.assert(property)
})

test('a step that was asked for is a multiple of what is kept for the range', () => {
  const query = { stage: 'total' as const }
  expect(stepsFor({ ...query, rangeSeconds: 3600, stepSeconds: 10 })).toEqual({ kept: 10, step: 10 })
  expect(stepsFor({ ...query, rangeSeconds: 3600, stepSeconds: 120 })).toEqual({ kept: 60, step: 120 })
  expect(stepsFor({ ...query, rangeSeconds: 86_400, stepSeconds: 3600 })).toEqual({ kept: 900, step: 3600 })
  expect(() => stepsFor({ ...query, rangeSeconds: 86_400, stepSeconds: 90 })).toThrow('multiple of 60')
  expect(() => stepsFor({ ...query, rangeSeconds: 2e6, stepSeconds: 60 })).toThrow('multiple of 900')
})

test('a moment lies in the span that begins at or before it, and each longer span is made of whole shorter ones', () => {
  const property = fc.property(fc.integer({ min: 0, max: 4e12 }), fc.constantFrom(10, 60, 900), (at, step) => {
    const begins = spanOf(step, at)
    expect(begins <= at && at < begins + step * 1000).toBe(true)
    expect(spanOf(step, spanOf(10, at))).toBe(begins)
  })
  fc.assert(property)
})
