import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  calmMs,
  initialState,
  step,
  type RunEffect,
  type RunEvent,
  type RunState
} from '../../../main/host/inference/runState.ts'

const lost = (at: number, number: number, rest: Partial<{ reason: string; permanent: boolean; jitter: number }> = {}) =>
  ({ kind: 'lost', at, number, reason: 'SIGKILL', permanent: false, jitter: 0, ...rest }) as const

/** The state after some events, and the effects of the last. */
function after(...events: RunEvent[]): { state: RunState; effects: RunEffect[] } {
  return events.reduce<{ state: RunState; effects: RunEffect[] }>((before, event) => step(before.state, event), {
    state: initialState(0),
    effects: []
  })
}

const start: RunEvent = { kind: 'start', at: 1, instances: 1 }
const admitted: RunEvent = { kind: 'admitted', at: 2, instances: 1 }
const ready: RunEvent = { kind: 'ready', at: 3, number: 1 }
const stop: RunEvent = { kind: 'stop', at: 50, reason: 'stopped by a person' }
const two: RunEvent[] = [start, { kind: 'admitted', at: 2, instances: 2 }, ready, { kind: 'ready', at: 4, number: 2 }]

describe('the way up', () => {
  it('waits for resources, prepares, and is healthy once an instance is ready', () => {
    const queued = after(start)
    expect(queued.state).toMatchObject({ status: 'queued', since: 1, reason: 'waiting for resources' })
    expect(queued.effects).toEqual([{ kind: 'requestResources' }])
    const preparing = after(start, admitted)
    expect(preparing.state.status).toBe('preparing')
    expect(preparing.effects).toEqual([{ kind: 'startInstance', number: 1 }])
    expect(after(start, admitted, ready).state).toMatchObject({ status: 'healthy', since: 3, reason: null })
  })

  it('is healthy with the first of several instances, and says nothing more with the last', () => {
    const first = after(...two.slice(0, 3))
    expect(first.state).toMatchObject({ status: 'healthy', since: 3, reason: 'the model is being loaded' })
    expect(after(...two).state).toMatchObject({ status: 'healthy', since: 3, reason: null })
  })

  it.each([[[start]], [[start, admitted]], [[start, admitted, ready]], [[start, admitted, ready, stop]]])(
    'starts only once (%#)',
    (events) => {
      const before = after(...events)
      expect(step(before.state, { kind: 'start', at: 99, instances: 1 })).toEqual({ state: before.state, effects: [] })
    }
  )
})

describe('deaths', () => {
  it('replaces the last ready instance at once, and is preparing meanwhile', () => {
    const { state, effects } = after(start, admitted, ready, lost(100, 1))
    expect(state).toMatchObject({ status: 'preparing', since: 100, reason: 'instance 1: SIGKILL', nextTryAt: null })
    expect(effects).toEqual([{ kind: 'startInstance', number: 1 }])
  })

  it('stays healthy while another instance is ready, and says what is wrong', () => {
    const { state, effects } = after(...two, lost(100, 2))
    expect(state).toMatchObject({ status: 'healthy', since: 3, reason: 'instance 2: SIGKILL' })
    expect(effects).toEqual([{ kind: 'startInstance', number: 2 }])
    expect(step(state, { kind: 'ready', at: 200, number: 2 }).state.reason).toBeNull()
  })

  it('waits from the second death within 60 s, and is preparing, not failed, while it waits', () => {
    const events: RunEvent[] = [
      start,
      admitted,
      ready,
      lost(100, 1),
      { kind: 'ready', at: 200, number: 1 },
      lost(300, 1)
    ]
    const { state, effects } = after(...events)
    expect(state).toMatchObject({ status: 'preparing', nextTryAt: 1300 })
    expect(effects).toEqual([{ kind: 'scheduleRetry', number: 1, ms: 1000 }])
    const again = step(state, { kind: 'retry', at: 1300, number: 1 })
    expect(again.effects).toEqual([{ kind: 'startInstance', number: 1 }])
    expect(again.state.nextTryAt).toBeNull()
  })

  it('forgets the deaths of an instance that was ready for 60 s', () => {
    const calm = lost(200 + calmMs, 1)
    const { effects } = after(start, admitted, ready, lost(100, 1), { kind: 'ready', at: 200, number: 1 }, calm)
    expect(effects).toEqual([{ kind: 'startInstance', number: 1 }])
  })
})

describe('what cannot start', () => {
  it('fails with backoff, and prepares again when the time has come', () => {
    const { state, effects } = after(start, admitted, lost(10, 1, { reason: 'out of memory' }))
    expect(state).toMatchObject({
      status: 'failed',
      reason: 'instance 1: out of memory',
      nextTryAt: 1010,
      permanent: false
    })
    expect(effects).toEqual([{ kind: 'scheduleRetry', number: 1, ms: 1000 }])
    const again = step(state, { kind: 'retry', at: 1010, number: 1 })
    expect(again.state).toMatchObject({ status: 'preparing', nextTryAt: null })
    expect(again.effects).toEqual([{ kind: 'startInstance', number: 1 }])
  })

  it('doubles the wait with each try, from 1 s to 60 s', () => {
    let { state } = after(start, admitted)
    const waits = [0, 0, 0, 0, 0, 0, 1, 1].map((jitter) => {
      const failed = step(state, lost(0, 1, { jitter }))
      state = step(failed.state, { kind: 'retry', at: 0, number: 1 }).state
      return failed.state.nextTryAt
    })
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 60_000, 60_000])
  })

  it('tries now when a person starts it', () => {
    const { state, effects } = after(start, admitted, lost(10, 1), { kind: 'start', at: 20, instances: 1 })
    expect(state).toMatchObject({ status: 'preparing', nextTryAt: null })
    expect(effects).toEqual([
      { kind: 'cancelRetry', number: 1 },
      { kind: 'startInstance', number: 1 }
    ])
  })

  it('is not failed while another instance is starting', () => {
    expect(after(...two.slice(0, 2), lost(10, 1)).state).toMatchObject({ status: 'preparing', nextTryAt: null })
    expect(after(...two.slice(0, 2), lost(10, 1), lost(11, 2)).state).toMatchObject({
      status: 'failed',
      nextTryAt: 1010
    })
  })

  it('gives its resources back where trying again cannot help, until a person starts it', () => {
    const events = [...two.slice(0, 2), lost(10, 2, { reason: 'not a model', permanent: true })]
    const { state, effects } = after(...events)
    expect(state).toMatchObject({
      status: 'failed',
      reason: 'not a model',
      nextTryAt: null,
      permanent: true,
      slots: []
    })
    expect(effects).toEqual([{ kind: 'killInstance', number: 1 }, { kind: 'releaseResources' }])
    const again = step(state, { kind: 'start', at: 20, instances: 2 })
    expect(again.state).toMatchObject({ status: 'queued', permanent: false })
    expect(again.effects).toEqual([{ kind: 'requestResources' }])
  })

  it('does not give up while another instance serves', () => {
    const { state } = after(...two, lost(10, 1), lost(20, 1, { permanent: true }))
    expect(state).toMatchObject({ status: 'healthy', permanent: false })
  })
})

describe('stop', () => {
  it('answers what was accepted, then stops the instances, then ends the run', () => {
    const stopping = after(start, admitted, ready, stop)
    expect(stopping.state).toMatchObject({ status: 'stopping', reason: 'stopped by a person' })
    expect(stopping.effects).toEqual([{ kind: 'drain' }])
    const drained = step(stopping.state, { kind: 'drained', at: 60 })
    expect(drained.effects).toEqual([{ kind: 'stopInstance', number: 1 }])
    const ended = step(drained.state, lost(70, 1, { reason: 'stopped' }))
    expect(ended.state).toMatchObject({ status: 'stopped', since: 70, reason: 'stopped by a person', slots: [] })
    expect(ended.effects).toEqual([{ kind: 'releaseResources' }, { kind: 'endRun', reason: 'stopped by a person' }])
  })

  it.each<[string, RunEvent[], RunEffect[]]>([
    ['queued', [start], [{ kind: 'releaseResources' }, { kind: 'drain' }]],
    ['preparing', [start, admitted], [{ kind: 'killInstance', number: 1 }, { kind: 'drain' }]],
    ['failed', [start, admitted, lost(10, 1)], [{ kind: 'cancelRetry', number: 1 }, { kind: 'drain' }]],
    ['failed for good', [start, admitted, lost(10, 1, { permanent: true })], [{ kind: 'drain' }]]
  ])('works from %s', (_, events, effects) => {
    const stopping = after(...events, stop)
    expect(stopping.effects).toEqual(effects)
    expect(step(stopping.state, { kind: 'drained', at: 60 }).state.status).toBe('stopped')
  })

  it('does not replace an instance that dies meanwhile', () => {
    const { state, effects } = after(start, admitted, ready, stop, lost(55, 1))
    expect(effects).toEqual([])
    expect(step(state, { kind: 'drained', at: 60 }).state.status).toBe('stopped')
  })

  it('ends at once when its deadline has passed', () => {
    const { state, effects } = after(start, admitted, ready, stop, { kind: 'abort', at: 60 })
    expect(state).toMatchObject({ status: 'stopped', slots: [] })
    expect(effects.map(({ kind }) => kind)).toEqual(['killInstance', 'releaseResources', 'endRun'])
  })
})

/** What a run holds in the world, as its effects say. */
class World {
  live = new Set<number>()
  timers = new Set<number>()
  resources = 0
  runs = 0

  hear(event: RunEvent): void {
    if (event.kind === 'lost') this.live.delete(event.number)
    if (event.kind === 'retry') this.timers.delete(event.number)
  }

  do(effect: RunEffect): void {
    if (effect.kind === 'requestResources') this.resources++
    if (effect.kind === 'releaseResources') this.resources = 0
    if (effect.kind === 'startInstance') this.begin(this.live, effect.number)
    if (effect.kind === 'killInstance') expect(this.live.delete(effect.number)).toBe(true)
    if (effect.kind === 'stopInstance') expect(this.live.has(effect.number)).toBe(true)
    if (effect.kind === 'scheduleRetry') this.begin(this.timers, effect.number)
    if (effect.kind === 'cancelRetry') expect(this.timers.delete(effect.number)).toBe(true)
  }

  begin(set: Set<number>, number: number): void {
    expect(set.has(number)).toBe(false)
    set.add(number)
  }
}

const instances = 3
type Drawn = typeof anyEvent extends fc.Arbitrary<infer T> ? T : never

const anyEvent = fc.record({
  kind: fc.constantFrom('start', 'admitted', 'ready', 'ready', 'lost', 'retry', 'stop', 'drained', 'abort'),
  number: fc.integer({ min: 1, max: instances }),
  permanent: fc.boolean(),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  later: fc.constantFrom(0, 1, 500, 30_000, 61_000)
})

/** An event as it may really come: only what lives becomes ready or dies, only what is scheduled is retried. */
function eventOf({ kind, number, permanent, jitter }: Drawn, at: number, world: World) {
  const events = {
    start: { kind: 'start', at, instances },
    admitted: { kind: 'admitted', at, instances },
    ready: world.live.has(number) ? { kind: 'ready', at, number } : null,
    lost: world.live.has(number) ? { kind: 'lost', at, number, permanent, jitter, reason: 'died' } : null,
    retry: world.timers.has(number) ? { kind: 'retry', at, number } : null,
    stop: { kind: 'stop', at, reason: 'told to' },
    drained: { kind: 'drained', at },
    abort: { kind: 'abort', at }
  } as const satisfies Record<string, RunEvent | null>
  return events[kind]
}

function checkInvariants(state: RunState, world: World): void {
  const numbersOf = (...states: string[]) =>
    state.slots.filter((slot) => states.includes(slot.state)).map(({ number }) => number)
  expect(new Set(numbersOf('starting', 'ready', 'stopping'))).toEqual(world.live)
  expect(new Set(numbersOf('waiting'))).toEqual(world.timers)
  expect(world.resources).toBeLessThanOrEqual(1)
  expect(state.status === 'healthy').toBe(numbersOf('ready').length > 0 && state.status !== 'stopping')
  if (state.status === 'stopped' || state.status === 'queued') expect(state.slots).toEqual([])
  if (state.status === 'stopped' || state.permanent) expect(world.resources).toBe(0)
  else expect(world.resources).toBe(state.status === 'stopping' ? world.resources : 1)
  if (state.status === 'preparing') expect(numbersOf('starting').length > 0 || state.nextTryAt !== null).toBe(true)
  if (state.status === 'failed') expect(state.permanent).toBe(state.nextTryAt === null)
  if (state.status !== 'healthy' && state.since > 0) expect(state.reason).not.toBeNull()
}

describe('whatever happens', () => {
  it('the invariants hold, and a stop always ends in stopped', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (drawn) => {
        const world = new World()
        let state = initialState(0)
        let at = 0
        const happen = (event: RunEvent) => {
          world.hear(event)
          const next = step(state, event)
          expect(next.state.since === state.since || next.state.status !== state.status).toBe(true)
          state = next.state
          next.effects.forEach((effect) => world.do(effect))
          checkInvariants(state, world)
        }
        for (const each of drawn) {
          at += each.later + 1
          const event = eventOf(each, at, world)
          if (event) happen(event)
        }
        happen({ kind: 'stop', at: at + 1, reason: 'the end' })
        happen({ kind: 'drained', at: at + 2 })
        for (const number of [...world.live]) happen(lost(at + 3, number))
        expect(state.status).toBe('stopped')
      }),
      { numRuns: 2000 }
    )
  })
})
