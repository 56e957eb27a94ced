import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { backoffMs } from '../../../main/base/backoff.ts'
import { throttled } from '../../../main/base/throttled.ts'
import { KeyedTurns } from '../../../main/base/keyedTurns.ts'
import type { LatestPrediction } from '../../../main/contract/index.ts'
import { Latest } from '../../../main/host/inference/latest.ts'
import { mergeMetadata } from '../../../main/host/inference/metadata.ts'
import { Throughput } from '../../../main/host/inference/throughput.ts'

describe('backoffMs', () => {
  it('stays between its ends and never shrinks with the attempt', () => {
    const ends = { leastMs: 1000, mostMs: 60_000 }
    fc.assert(
      fc.property(fc.nat(2000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, jitter) => {
        const ms = backoffMs(attempt, jitter, ends)
        expect(ms).toBeGreaterThanOrEqual(ends.leastMs)
        expect(ms).toBeLessThanOrEqual(ends.mostMs)
        expect(backoffMs(attempt + 1, jitter, ends)).toBeGreaterThanOrEqual(ms)
      })
    )
  })
})

describe('throttled', () => {
  it('runs the first at once, a burst once more, and never loses the last', () => {
    vi.useFakeTimers()
    let value = 0
    const seen: number[] = []
    const tell = throttled(() => seen.push(value), 250)
    for (value = 1; value <= 5; value++) tell()
    expect(seen).toEqual([1])
    value = 6
    vi.advanceTimersByTime(250)
    expect(seen).toEqual([1, 6])
    vi.advanceTimersByTime(1000)
    tell()
    value = 7
    tell()
    void tell.close()
    tell()
    vi.advanceTimersByTime(1000)
    expect(seen).toEqual([1, 6, 6, 7])
    vi.useRealTimers()
  })
})

describe('KeyedTurns', () => {
  it('runs work of one key in order, also after a failure', async () => {
    const turns = new KeyedTurns()
    const seen: number[] = []
    const work = [30, 5, 1].map((ms, index) =>
      turns.run('a', async () => {
        await new Promise((resolve) => setTimeout(resolve, ms))
        seen.push(index)
        if (index === 0) throw new Error('first')
      })
    )
    expect((await Promise.allSettled(work)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    expect(seen).toEqual([0, 1, 2])
  })
})

describe('mergeMetadata', () => {
  it('overrides the setup’s by the request’s, key by key, and neither the default ones', () => {
    const merged = mergeMetadata({ run: 'r' }, { place: 'hall 1', lens: '35 mm' }, { place: 'hall 2', shift: 'late' })
    expect(merged.metadata).toEqual({ place: 'hall 2', lens: '35 mm', shift: 'late', run: 'r' })
    expect(merged.overridden).toEqual(['place', 'shift'])
  })
})

describe('Latest', () => {
  const entry = (requestId: string): LatestPrediction => {
    return {
      requestId,
      at: '',
      image: { width: 1, height: 1 },
      predictions: [],
      verdict: null,
      totalMs: 1,
      sample: null
    }
  }

  it('keeps the last ones, the newest first, within their number and bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 30 }), (sizes) => {
        const latest = new Latest(5, 60)
        sizes.forEach((size, index) => latest.add(entry(`${index}`), new Uint8Array(size)))
        const kept = latest.list().map(({ requestId }) => Number(requestId))
        expect(kept).toEqual(
          sizes
            .map((_, index) => index)
            .toReversed()
            .slice(0, kept.length)
        )
        const bytes = kept.map((index) => sizes[index] ?? 0)
        const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
        expect(kept.length === Math.min(sizes.length, 5) || sum(bytes) + (sizes.at(-kept.length - 1) ?? 0) > 60).toBe(
          true
        )
        expect(kept.length <= 1 || sum(bytes) <= 60).toBe(true)
        expect(kept.map((index) => latest.image(`${index}`)?.length)).toEqual(bytes)
      })
    )
  })
})

describe('Throughput', () => {
  it('tells the seconds for so many requests at the recent rate, 1 to 60', () => {
    const throughput = new Throughput()
    expect(throughput.secondsFor(10, 0)).toBe(1)
    for (let at = 0; at <= 10_000; at += 500) throughput.count(at)
    expect(throughput.secondsFor(20, 10_000)).toBe(10)
    expect(throughput.secondsFor(1000, 10_000)).toBe(60)
  })
})
