import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ResourceSums } from '../../../main/contract/index.ts'
import { budgetOf, parseGpu } from '../../../main/host/inference/machine.ts'
import { Scheduler, type Ticket } from '../../../main/host/inference/scheduler.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))
const megabyte = 1e6

type Asked = Ticket & { admitted: boolean }

function ask(scheduler: Scheduler, name: string, needs: Partial<ResourceSums>): Asked {
  const asked = { admitted: false }
  const whole = { cpuThreads: 0, memoryBytes: 0, gpuMemoryBytes: 0, ...needs }
  const ticket = scheduler.request({ name, needs: whole }, () => (asked.admitted = true))
  return Object.assign(asked, ticket)
}

const threads = (scheduler: Scheduler, cpuThreads: number, name = `run of ${cpuThreads}`) =>
  ask(scheduler, name, { cpuThreads })
const ofThreads = (cpuThreads: number) => new Scheduler({ cpuThreads, memoryBytes: 1e12, gpuMemoryBytes: null })

describe('Scheduler', () => {
  it('admits everything without a budget, after the request has returned', async () => {
    const scheduler = new Scheduler()
    const runs = [threads(scheduler, 64), ask(scheduler, 'b', { gpuMemoryBytes: 1e12 }), threads(scheduler, 64)]
    expect(runs[0]?.waiting()).toEqual({ place: 1, waitsFor: 'its turn' })
    await settled()
    expect(runs.map(({ admitted }) => admitted)).toEqual([true, true, true])
    expect(runs[0]?.waiting()).toBeNull()
  })

  it('lets runs wait in order and says in numbers what for, and who holds it', async () => {
    const scheduler = ofThreads(4)
    const [first, large, small] = [threads(scheduler, 3, 'Gap check'), threads(scheduler, 2), threads(scheduler, 1)]
    await settled()
    expect([first, large, small].map((run) => run.admitted)).toEqual([true, false, false])
    expect(large.waiting()).toEqual({
      place: 1,
      waitsFor: '2 CPU threads (1 of 4 are free; held by “Gap check” 3)'
    })
    expect(small.waiting()).toEqual({ place: 2, waitsFor: 'the run before it' })
    first.release()
    expect([large, small].map((run) => run.admitted)).toEqual([true, true])
  })

  it('lets the next one in when one that waits gives up', async () => {
    const scheduler = ofThreads(4)
    const [, large, small] = [threads(scheduler, 3), threads(scheduler, 2), threads(scheduler, 1)]
    await settled()
    large.release()
    large.release()
    expect([large.admitted, small.admitted]).toEqual([false, true])
  })

  it('knows memory and, where it is known, the GPU’s', async () => {
    const scheduler = new Scheduler({ cpuThreads: 9, memoryBytes: 900 * megabyte, gpuMemoryBytes: 8000 * megabyte })
    const first = ask(scheduler, 'A', { memoryBytes: 500 * megabyte, gpuMemoryBytes: 5000 * megabyte })
    const second = ask(scheduler, 'B', { memoryBytes: 100 * megabyte, gpuMemoryBytes: 4000 * megabyte })
    await settled()
    expect(second.waiting()?.waitsFor).toBe('4.0 GB of GPU memory (3.0 GB of 8.0 GB are free; held by “A” 5.0 GB)')
    second.release()
    const third = ask(scheduler, 'C', { memoryBytes: 450 * megabyte })
    expect(third.waiting()?.waitsFor).toBe('450 MB of memory (400 MB of 900 MB are free; held by “A” 500 MB)')
    first.release()
    expect(third.admitted).toBe(true)
  })

  it('admits alone what needs more than the whole budget', async () => {
    const scheduler = ofThreads(1)
    const [huge, next] = [threads(scheduler, 8), threads(scheduler, 1)]
    await settled()
    expect([huge.admitted, next.admitted]).toEqual([true, false])
    huge.release()
    expect(next.admitted).toBe(true)
  })

  it('looks at a changed budget at once, and takes nothing away from those that are up', async () => {
    const scheduler = ofThreads(1)
    const [first, second] = [threads(scheduler, 1), threads(scheduler, 1)]
    await settled()
    scheduler.budget = { ...scheduler.budget, cpuThreads: 2 }
    expect(second.admitted).toBe(true)
    scheduler.budget = { ...scheduler.budget, cpuThreads: 1 }
    const third = threads(scheduler, 1)
    first.release()
    expect([third.admitted, scheduler.held.cpuThreads]).toEqual([false, 1])
    second.release()
    expect(third.admitted).toBe(true)
  })

  it('lets one that is up hold more only where there is room, and less at once', async () => {
    const scheduler = ofThreads(4)
    const [first, waiting] = [threads(scheduler, 2), threads(scheduler, 3)]
    await settled()
    expect(first.grow({ cpuThreads: 3, memoryBytes: 0, gpuMemoryBytes: 0 })).toContain('3 CPU threads (2 of 4 are free')
    expect(first.grow({ cpuThreads: 1, memoryBytes: 0, gpuMemoryBytes: 0 })).toBeNull()
    expect(scheduler.held.cpuThreads).toBe(3)
    first.hold({ cpuThreads: 1, memoryBytes: 0, gpuMemoryBytes: 0 })
    expect(waiting.admitted).toBe(true)
  })
})

interface Drawn {
  act: 'ask' | 'release' | 'budget'
  amount: number
}

const anyAct = fc.record({
  act: fc.constantFrom('ask' as const, 'ask' as const, 'release' as const, 'budget' as const),
  amount: fc.integer({ min: 1, max: 6 })
})

/** What first come first served means, worked out anew after each act from the list of those that are there. */
function expectFair(scheduler: Scheduler, queue: Asked[], up: Map<Asked, number>, needs: Map<Asked, number>): void {
  const held = [...up.values()].reduce((sum, each) => sum + each, 0)
  expect(scheduler.held.cpuThreads).toBe(held)
  const [first] = queue
  if (first) expect(up.size > 0 && held + (needs.get(first) ?? 0) > scheduler.budget.cpuThreads).toBe(true)
  expect(queue.map((run) => run.waiting()?.place)).toEqual(queue.map((_, index) => index + 1))
}

describe('whatever is asked and given back', () => {
  it('the first in the queue waits only while there is no room, and none overtakes it', async () => {
    const property = fc.asyncProperty(fc.array(anyAct, { maxLength: 40 }), async (acts: Drawn[]) => {
      const scheduler = ofThreads(6)
      const everyone: Asked[] = []
      const needs = new Map<Asked, number>()
      const gone = new Set<Asked>()
      for (const { act, amount } of acts) {
        const present = everyone.filter((run) => !gone.has(run))
        if (act === 'ask') {
          const run = threads(scheduler, amount)
          everyone.push(run)
          needs.set(run, amount)
        } else if (act === 'budget') scheduler.budget = { ...scheduler.budget, cpuThreads: amount }
        else {
          const run = present[amount % Math.max(1, present.length)]
          if (run) gone.add(run)
          run?.release()
          run?.release()
        }
        await settled()
        const still = everyone.filter((run) => !gone.has(run))
        const up = new Map(still.filter((run) => run.admitted).map((run) => [run, needs.get(run) ?? 0]))
        expectFair(
          scheduler,
          still.filter((run) => !run.admitted),
          up,
          needs
        )
        const lastUp = everyone.findLastIndex((run) => run.admitted)
        const overtaken = everyone.slice(0, lastUp).filter((run) => !run.admitted && !gone.has(run))
        expect(overtaken).toEqual([])
      }
    })
    await fc.assert(property, { numRuns: 200 })
  })
})

describe('the budget', () => {
  const machine = { cores: 8, memoryBytes: 16e9, gpu: null }
  const unset = { cpuThreads: null, memoryBytes: null, gpuMemoryBytes: null }

  it('is all cores and three quarters of the memory where nothing is set', () => {
    expect(budgetOf(unset, machine)).toEqual({ cpuThreads: 8, memoryBytes: 12e9, gpuMemoryBytes: null })
    const gpu = { name: 'T4', memoryBytes: 15e9 }
    expect(budgetOf({ ...unset, cpuThreads: 2 }, { ...machine, gpu })).toEqual({
      cpuThreads: 2,
      memoryBytes: 12e9,
      gpuMemoryBytes: 15e9
    })
  })

  it('reads what NVIDIA’s tool tells of the first GPU', () => {
    expect(parseGpu('NVIDIA H100 80GB HBM3, 81559\nNVIDIA T4, 15360\n')).toEqual({
      name: 'NVIDIA H100 80GB HBM3',
      memoryBytes: 81_559 * 1024 * 1024
    })
    expect(parseGpu('NVIDIA-SMI has failed because it could not communicate with the driver.')).toBeNull()
  })
})
