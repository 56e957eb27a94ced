import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  initialState,
  step,
  type RunEffect,
  type RunEvent,
  type RunState
} from '../../../main/host/inference/runState.ts'
import { Scheduler, type Ticket } from '../../../main/host/inference/scheduler.ts'

/** Several inferences that share one scheduler, and what happens to them in any order. */

const threadsOf = [1, 2, 3, 5]
const instances = 2
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** One run in a world where processes and timers are only remembered. */
class WorldRun {
  state: RunState = initialState(0)
  readonly live = new Set<number>()
  readonly ready = new Set<number>()
  readonly timers = new Set<number>()
  readonly #scheduler: Scheduler
  readonly needs: number
  readonly name: string
  ticket: Ticket | undefined
  given = 0
  releases = 0
  drains = 0
  ended = false
  #at = 0

  constructor(scheduler: Scheduler, name: string, needs: number) {
    this.#scheduler = scheduler
    this.name = name
    this.needs = needs
  }

  happen(event: Omit<RunEvent, 'at'>): void {
    this.#at += 7
    const { state, effects } = step(this.state, { ...event, at: this.#at } as RunEvent)
    this.state = state
    for (const effect of effects) this.#do(effect)
  }

  begin(number: number): void {
    expect(this.live.has(number)).toBe(false)
    this.live.add(number)
  }

  die(number: number, permanent: boolean): void {
    this.live.delete(number)
    this.ready.delete(number)
    this.happen({ kind: 'lost', number, reason: 'died', permanent, jitter: 0 } as Omit<RunEvent, 'at'>)
  }

  /** Another model's instances, ready already, take over where the run takes them. */
  replace(): void {
    const free = [1, 2, 3, 4, 5, 6].filter((number) => !this.live.has(number) && !this.timers.has(number))
    const numbers = free.slice(0, instances)
    if (!['preparing', 'healthy', 'failed'].includes(this.state.status) || this.state.permanent) return
    for (const number of numbers) {
      this.begin(number)
      this.ready.add(number)
    }
    this.happen({ kind: 'replaced', numbers } as Omit<RunEvent, 'at'>)
  }

  #do(effect: RunEffect): void {
    expect(this.ended, `${effect.kind} after the run has ended`).toBe(false)
    switch (effect.kind) {
      case 'requestResources':
        expect(this.given).toBe(this.releases)
        return this.#request()
      case 'releaseResources':
        this.releases++
        return this.ticket?.release()
      case 'startInstance':
        return this.begin(effect.number)
      case 'stopInstance':
        return expect(this.live.has(effect.number)).toBe(true)
      case 'killInstance':
        this.ready.delete(effect.number)
        return expect(this.live.delete(effect.number)).toBe(true)
      case 'retireInstances':
        for (const number of effect.numbers) {
          this.ready.delete(number)
          expect(this.live.delete(number)).toBe(true)
        }
        return
      case 'scheduleRetry':
        expect(this.timers.has(effect.number)).toBe(false)
        return void this.timers.add(effect.number)
      case 'cancelRetry':
        return expect(this.timers.delete(effect.number)).toBe(true)
      case 'drain':
        this.drains++
        return
      case 'endRun':
        this.ended = true
    }
  }

  #request(): void {
    this.given++
    const needs = { cpuThreads: this.needs, memoryBytes: 0, gpuMemoryBytes: 0 }
    this.ticket = this.#scheduler.request({ name: this.name, needs }, () =>
      this.happen({ kind: 'admitted', instances } as Omit<RunEvent, 'at'>)
    )
  }
}

const anyAct = fc.record({
  who: fc.nat(threadsOf.length - 1),
  act: fc.constantFrom(
    'start',
    'start',
    'ready',
    'ready',
    'die',
    'dieForGood',
    'retry',
    'replace',
    'stop',
    'drained',
    'abort',
    'budget'
  ),
  number: fc.nat(5)
})
type Act = typeof anyAct extends fc.Arbitrary<infer T> ? T : never

class World {
  readonly scheduler = new Scheduler({ cpuThreads: 4, memoryBytes: 1e12, gpuMemoryBytes: null })
  readonly runs: (WorldRun | undefined)[] = threadsOf.map(() => undefined)
  /** Runs in the order in which they asked for resources. */
  asked: WorldRun[] = []

  act({ who, act, number }: Act): void {
    if (act === 'budget') {
      this.scheduler.budget = { ...this.scheduler.budget, cpuThreads: number + 1 }
      return
    }
    if (act === 'start') return this.#start(who)
    const run = this.runs[who]
    if (!run || run.ended) return
    const pick = (from: Iterable<number>) => [...from][number % Math.max(1, [...from].length)]
    const starting = [...run.live].filter((each) => !run.ready.has(each))
    const acts = {
      ready: () => this.#ready(run, pick(starting)),
      die: () => this.#die(run, pick(run.live), false),
      dieForGood: () => this.#die(run, pick(run.live), true),
      retry: () => this.#retry(run, pick(run.timers)),
      replace: () => run.replace(),
      stop: () => run.happen({ kind: 'stop', reason: 'told to' } as Omit<RunEvent, 'at'>),
      drained: () => run.drains > 0 && run.happen({ kind: 'drained' }),
      abort: () => run.happen({ kind: 'abort' })
    }
    acts[act]()
  }

  /** As `Inferences.start` does: a new run where there is none, else the one that there is hears of it. */
  #start(who: number): void {
    const present = this.runs[who]
    const run = present && !present.ended ? present : new WorldRun(this.scheduler, `run ${who}`, threadsOf[who] ?? 1)
    this.runs[who] = run
    const before = run.given
    run.happen({ kind: 'start', instances } as Omit<RunEvent, 'at'>)
    if (run.given > before) this.asked.push(run)
  }

  #ready(run: WorldRun, number: number | undefined): void {
    if (number === undefined) return
    run.ready.add(number)
    run.happen({ kind: 'ready', number } as Omit<RunEvent, 'at'>)
  }

  #die(run: WorldRun, number: number | undefined, permanent: boolean): void {
    if (number !== undefined) run.die(number, permanent)
  }

  #retry(run: WorldRun, number: number | undefined): void {
    if (number === undefined) return
    run.timers.delete(number)
    run.happen({ kind: 'retry', number } as Omit<RunEvent, 'at'>)
  }

  /** Worked out anew from what the runs say of themselves. */
  check(): void {
    const runs = this.runs.filter((run) => run !== undefined)
    const holders = runs.filter((run) => run.given > run.releases && run.ticket?.waiting() === null)
    const held = holders.reduce((sum, { needs }) => sum + needs, 0)
    expect(this.scheduler.held.cpuThreads).toBe(held)
    for (const run of runs) checkRun(run)
    this.#checkQueue(runs, holders.length, held)
  }

  #checkQueue(runs: WorldRun[], holders: number, held: number): void {
    const waiting = this.asked.filter((run, at) => isWaiting(run) && this.asked.lastIndexOf(run) === at)
    expect(waiting.map(({ ticket }) => ticket?.waiting()?.place)).toEqual(waiting.map((_, index) => index + 1))
    expect(new Set(waiting)).toEqual(new Set(runs.filter(isWaiting)))
    const [first] = waiting
    if (first) expect(holders > 0 && held + first.needs > this.scheduler.budget.cpuThreads).toBe(true)
  }
}

const isWaiting = (run: WorldRun) => run.state.status === 'queued'

function checkRun(run: WorldRun): void {
  const { status, slots, permanent } = run.state
  expect(status === 'healthy').toBe(run.ready.size > 0 && status !== 'stopping' && !run.ended)
  const living = slots.filter(({ state }) => state !== 'waiting').map(({ number }) => number)
  expect(new Set(living)).toEqual(run.live)
  expect(new Set(slots.filter(({ state }) => state === 'waiting').map(({ number }) => number))).toEqual(run.timers)
  expect(run.releases).toBeLessThanOrEqual(run.given + Number(run.ended))
  if (status === 'stopped' || permanent) expect(run.releases).toBeGreaterThanOrEqual(run.given)
  else if (status !== 'stopping') expect(run.given - run.releases).toBe(1)
  if (run.ended) expect([run.live.size, run.timers.size]).toEqual([0, 0])
}

it('runs that share a scheduler: whatever happens, in whatever order, what must hold holds', async () => {
  const property = fc.asyncProperty(fc.array(anyAct, { maxLength: 80 }), async (acts) => {
    const world = new World()
    for (const act of acts) {
      world.act(act)
      await settled()
      world.check()
    }
    for (const [who] of threadsOf.entries()) {
      world.act({ who, act: 'stop', number: 0 })
      world.act({ who, act: 'abort', number: 0 })
    }
    await settled()
    world.check()
    expect(world.scheduler.held.cpuThreads).toBe(0)
  })
  await fc.assert(property, { numRuns: 1000 })
})
