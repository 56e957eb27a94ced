import { describe, expect, it } from 'vitest'
import type { InferenceStatus } from '../../../main/contract/index.ts'
import { initialState, step, type RunEvent, type RunState } from '../../../main/host/inference/runState.ts'

/** Every state of a run against every event: the status that follows. What is not named leaves the state as it is. */

const lost = { kind: 'lost', at: 50, number: 1, reason: 'died', permanent: false, jitter: 0 } as const

const events = {
  start: { kind: 'start', at: 50, instances: 1 },
  admitted: { kind: 'admitted', at: 50, instances: 1 },
  ready: { kind: 'ready', at: 50, number: 1 },
  lost,
  lostForGood: { ...lost, permanent: true },
  retry: { kind: 'retry', at: 50, number: 1 },
  replaced: { kind: 'replaced', at: 50, numbers: [2] },
  stop: { kind: 'stop', at: 50, reason: 'told to' },
  drained: { kind: 'drained', at: 50 },
  abort: { kind: 'abort', at: 50 }
} as const satisfies Record<string, RunEvent>

type EventName = keyof typeof events

function after(...names: EventName[]): RunState {
  return names.reduce((state, name) => step(state, { ...events[name], at: 10 }).state, initialState(0))
}

const up = ['start', 'admitted', 'ready'] as const

const states = {
  stopped: after(),
  queued: after('start'),
  preparing: after('start', 'admitted'),
  'preparing, waiting after two deaths': after(...up, 'lost', 'ready', 'lost'),
  healthy: after(...up),
  failed: after('start', 'admitted', 'lost'),
  'failed for good': after('start', 'admitted', 'lostForGood'),
  'stopping, answering': after(...up, 'stop'),
  'stopping, nothing left': after('start', 'stop'),
  'stopping, ending its instances': after(...up, 'stop', 'drained')
}

const follows: Record<keyof typeof states, Partial<Record<EventName, InferenceStatus>>> = {
  stopped: { start: 'queued' },
  queued: { admitted: 'preparing', stop: 'stopping' },
  preparing: {
    ready: 'healthy',
    lost: 'failed',
    lostForGood: 'failed',
    replaced: 'healthy',
    stop: 'stopping'
  },
  'preparing, waiting after two deaths': {
    start: 'preparing',
    retry: 'preparing',
    replaced: 'healthy',
    stop: 'stopping'
  },
  healthy: { lost: 'preparing', lostForGood: 'failed', replaced: 'healthy', stop: 'stopping' },
  failed: { start: 'preparing', retry: 'preparing', replaced: 'healthy', stop: 'stopping' },
  'failed for good': { start: 'queued', stop: 'stopping' },
  'stopping, answering': { lost: 'stopping', lostForGood: 'stopping', drained: 'stopping', abort: 'stopped' },
  'stopping, nothing left': { drained: 'stopped', abort: 'stopped' },
  'stopping, ending its instances': {
    lost: 'stopped',
    lostForGood: 'stopped',
    drained: 'stopping',
    abort: 'stopped'
  }
}

const cases = Object.entries(states).flatMap(([from, state]) =>
  Object.entries(events).map(([name, event]) => [from, name, state, event] as const)
)

describe('a run that is', () => {
  it.each(cases)('%s, when it hears %s', (from, name, state, event) => {
    const expected = follows[from as keyof typeof states][name as EventName]
    const next = step(state, event)
    if (expected === undefined) expect(next).toEqual({ state, effects: [] })
    else expect(next.state.status).toBe(expected)
  })

  it('replaced lets the old instances finish, ends what was starting, and forgets what was to be tried again', () => {
    const of = (state: RunState) => step(state, events.replaced)
    expect(of(states.healthy).effects).toEqual([{ kind: 'retireInstances', numbers: [1] }])
    expect(of(states.preparing).effects).toEqual([
      { kind: 'killInstance', number: 1 },
      { kind: 'retireInstances', numbers: [] }
    ])
    expect(of(states.failed).effects[0]).toEqual({ kind: 'cancelRetry', number: 1 })
    expect(of(states.failed).state).toMatchObject({ status: 'healthy', reason: null, nextTryAt: null })
    expect(of(states.healthy).state.slots).toMatchObject([{ number: 2, state: 'ready', restarts: 0 }])
  })
})
