import { describe, expect, it } from 'vitest'
import { Scheduler, type Ticket } from '../../../main/host/inference/scheduler.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

function ask(scheduler: Scheduler, threads: number, gpu = false): Ticket & { admitted: boolean } {
  const asked = { admitted: false }
  const ticket = scheduler.request({ threads, memoryBytes: threads, gpu }, () => (asked.admitted = true))
  return Object.assign(asked, ticket)
}

describe('Scheduler', () => {
  it('admits everything without a budget, after the request has returned', async () => {
    const scheduler = new Scheduler()
    const runs = [ask(scheduler, 64), ask(scheduler, 64, true), ask(scheduler, 64, true)]
    expect(runs[0]?.waiting()).toEqual({ place: 1, waitsFor: 'the runs before it' })
    await settled()
    expect(runs.map(({ admitted }) => admitted)).toEqual([true, true, true])
    expect(runs[0]?.waiting()).toBeNull()
  })

  it('lets runs wait in order and says what for', async () => {
    const scheduler = new Scheduler({ threads: 4, memoryBytes: 100, gpuRuns: 1 })
    const [first, large, small] = [ask(scheduler, 3), ask(scheduler, 2), ask(scheduler, 1)]
    await settled()
    expect([first, large, small].map((run) => run.admitted)).toEqual([true, false, false])
    expect(large.waiting()).toEqual({ place: 1, waitsFor: 'CPU threads' })
    expect(small.waiting()).toEqual({ place: 2, waitsFor: 'the runs before it' })
    first.release()
    expect([large, small].map((run) => run.admitted)).toEqual([true, true])
  })

  it('lets the next one in when one that waits gives up', async () => {
    const scheduler = new Scheduler({ threads: 4, memoryBytes: 100, gpuRuns: 1 })
    const [, large, small] = [ask(scheduler, 3), ask(scheduler, 2), ask(scheduler, 1)]
    await settled()
    large.release()
    large.release()
    expect([large.admitted, small.admitted]).toEqual([false, true])
  })

  it('knows the GPU and memory', async () => {
    const scheduler = new Scheduler({ threads: 100, memoryBytes: 10, gpuRuns: 1 })
    const [first, second] = [ask(scheduler, 1, true), ask(scheduler, 1, true)]
    await settled()
    expect(second.waiting()?.waitsFor).toBe('the GPU')
    first.release()
    ask(scheduler, 1)
    const greedy = ask(scheduler, 9)
    await settled()
    expect(greedy.waiting()?.waitsFor).toBe('memory')
  })

  it('admits alone what needs more than the whole budget', async () => {
    const scheduler = new Scheduler({ threads: 1, memoryBytes: 1, gpuRuns: 1 })
    const huge = ask(scheduler, 8)
    await settled()
    expect(huge.admitted).toBe(true)
  })
})
