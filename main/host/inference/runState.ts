import { backoffMs } from '../../base/backoff.ts'
import { runReasonText, type InferenceStatus } from '../../contract/index.ts'

/**
 * The state machine of a run (F14), pure: what happened goes in, the new state and what is to be done come out.
 *
 * `stopped → queued → preparing → healthy → stopping → stopped`; every other status goes to `stopping` by `stop`.
 * `healthy → preparing` when the last ready instance dies, `preparing → failed → preparing` with backoff.
 * A fault that trying again cannot cure gives the run's resources back and waits for a person.
 */

/** `waiting`: dead, to be started again at `nextTryAt`. */
export type SlotState = 'starting' | 'ready' | 'waiting' | 'stopping'

/** The place of one instance. `strikes` grows with each death until it was ready for `calmMs`. */
export interface Slot {
  number: number
  state: SlotState
  since: number
  strikes: number
  restarts: number
  nextTryAt: number | null
}

/** Times are epoch milliseconds. `permanent`: failed, and only a person's start tries again. */
export interface RunState {
  status: InferenceStatus
  reason: string | null
  since: number
  nextTryAt: number | null
  permanent: boolean
  slots: readonly Slot[]
}

/**
 * `lost` with `permanent`: the same would happen again. `jitter`: a random number, 0 to 1. `replaced`: these instances,
 * ready already, take the place of all that there are.
 */
export type RunEvent = { at: number } & (
  | { kind: 'start'; instances: number }
  | { kind: 'admitted'; instances: number }
  | { kind: 'ready'; number: number }
  | { kind: 'lost'; number: number; reason: string; permanent: boolean; jitter: number }
  | { kind: 'retry'; number: number }
  | { kind: 'replaced'; numbers: readonly number[] }
  | { kind: 'stop'; reason: string }
  | { kind: 'drained' }
  | { kind: 'abort' }
)

/**
 * What is to be done, in order. `stopInstance` lets it finish; `killInstance` does not, and nothing more is heard of
 * it. `retireInstances`: each answers what it has been given, then stops; they have no slot any more. `drain`: answer what was accepted, then say `drained`.
 */
export type RunEffect =
  | { kind: 'requestResources' }
  | { kind: 'releaseResources' }
  | { kind: 'startInstance'; number: number }
  | { kind: 'stopInstance'; number: number }
  | { kind: 'killInstance'; number: number }
  | { kind: 'retireInstances'; numbers: number[] }
  | { kind: 'scheduleRetry'; number: number; ms: number }
  | { kind: 'cancelRetry'; number: number }
  | { kind: 'drain' }
  | { kind: 'endRun'; reason: string }

export interface Step {
  state: RunState
  effects: RunEffect[]
}

/** An instance that was ready for this long has no past. */
export const calmMs = 60_000
const backoff = { leastMs: 1000, mostMs: 60_000 }

/** The state before the first start. */
export function initialState(at: number): RunState {
  return { status: 'stopped', reason: null, since: at, nextTryAt: null, permanent: false, slots: [] }
}

/** An event that means nothing in the present state changes nothing. */
export function step(state: RunState, event: RunEvent): Step {
  switch (event.kind) {
    case 'start':
      return start(state, event)
    case 'admitted':
      return state.status === 'queued' ? prepare(state, event.instances, event.at) : unchanged(state)
    case 'ready':
      return ready(state, event)
    case 'lost':
      return state.status === 'stopping' ? lostWhileStopping(state, event) : lost(state, event)
    case 'retry':
      return retry(state, event)
    case 'replaced':
      return replaceAll(state, event)
    case 'stop':
      return stop(state, event)
    case 'drained':
      return drained(state, event.at)
    case 'abort':
      return abort(state, event.at)
  }
}

type Of<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>

function unchanged(state: RunState): Step {
  return { state, effects: [] }
}

/** The status with its reason; `since` moves only when the status does. */
function enter(state: RunState, status: InferenceStatus, at: number, reason: string | null): RunState {
  const since = status === state.status ? state.since : at
  return { ...state, status, reason, since, permanent: false, nextTryAt: nextTry(status, state.slots) }
}

/** When a run of which nothing is starting or ready tries again. */
function nextTry(status: InferenceStatus, slots: readonly Slot[]): number | null {
  if (status !== 'preparing' && status !== 'failed') return null
  if (slots.some((slot) => slot.state !== 'waiting')) return null
  const times = slots.flatMap((slot) => slot.nextTryAt ?? [])
  return times.length > 0 ? Math.min(...times) : null
}

function withSlot(state: RunState, changed: Slot): RunState {
  return { ...state, slots: state.slots.map((slot) => (slot.number === changed.number ? changed : slot)) }
}

function slotOf(state: RunState, number: number): Slot | undefined {
  return state.slots.find((slot) => slot.number === number)
}

function start(state: RunState, event: Of<'start'>): Step {
  if (state.status === 'stopped' || (state.status === 'failed' && state.permanent)) {
    return {
      state: enter(state, 'queued', event.at, runReasonText('waiting')),
      effects: [{ kind: 'requestResources' }]
    }
  }
  return state.nextTryAt === null ? unchanged(state) : startWaiting(state, event.at)
}

/** A person does not wait for the backoff. */
function startWaiting(state: RunState, at: number): Step {
  const waiting = state.slots.filter((slot) => slot.state === 'waiting')
  const slots = state.slots.map((slot) => (slot.state === 'waiting' ? starting(slot, at) : slot))
  return {
    state: enter({ ...state, slots }, 'preparing', at, runReasonText('again')),
    effects: waiting.flatMap(({ number }): RunEffect[] => [
      { kind: 'cancelRetry', number },
      { kind: 'startInstance', number }
    ])
  }
}

function starting(slot: Slot, at: number): Slot {
  return { ...slot, state: 'starting', since: at, nextTryAt: null }
}

function prepare(state: RunState, instances: number, at: number): Step {
  const slots = Array.from({ length: instances }, (_, index): Slot => {
    return { number: index + 1, state: 'starting', since: at, strikes: 0, restarts: 0, nextTryAt: null }
  })
  return {
    state: enter({ ...state, slots }, 'preparing', at, runReasonText('loading')),
    effects: slots.map(({ number }) => ({ kind: 'startInstance', number }))
  }
}

function ready(state: RunState, event: Of<'ready'>): Step {
  const slot = slotOf(state, event.number)
  if (slot?.state !== 'starting') return unchanged(state)
  const next = withSlot(state, { ...slot, state: 'ready', since: event.at })
  const whole = next.slots.every((each) => each.state === 'ready')
  return { state: enter(next, 'healthy', event.at, whole ? null : state.reason), effects: [] }
}

function lost(state: RunState, event: Of<'lost'>): Step {
  const slot = slotOf(state, event.number)
  if (slot?.state !== 'starting' && slot?.state !== 'ready') return unchanged(state)
  const others = state.slots.some((each) => each.number !== slot.number && each.state === 'ready')
  if (event.permanent && !others) return giveUp(state, event)
  const { slot: replaced, effect } = replace(slot, event)
  const next = withSlot(state, replaced)
  const status = statusAfterLoss(next)
  return { state: enter(next, status, event.at, `instance ${slot.number}: ${event.reason}`), effects: [effect] }
}

/** Only what could not start fails a run: one that dies when it was ready is replaced. */
function statusAfterLoss({ status, slots }: RunState): InferenceStatus {
  if (slots.some((slot) => slot.state === 'ready')) return 'healthy'
  if (status === 'healthy' || slots.some((slot) => slot.state === 'starting')) return 'preparing'
  return 'failed'
}

/** At once after a first death, else with backoff. */
function replace(slot: Slot, event: Of<'lost'>): { slot: Slot; effect: RunEffect } {
  const wasReady = slot.state === 'ready'
  const calm = wasReady && event.at - slot.since >= calmMs
  const strikes = wasReady ? (calm ? 1 : slot.strikes + 1) : Math.max(1, slot.strikes) + 1
  const next = { ...slot, strikes, restarts: slot.restarts + 1 }
  const { number } = slot
  if (strikes === 1) return { slot: starting(next, event.at), effect: { kind: 'startInstance', number } }
  const ms = Math.round(backoffMs(strikes - 2, event.jitter, backoff))
  return {
    slot: { ...next, state: 'waiting', since: event.at, nextTryAt: event.at + ms },
    effect: { kind: 'scheduleRetry', number, ms }
  }
}

/** Nothing is left running, and the resources go to whoever waits for them. */
function giveUp(state: RunState, event: Of<'lost'>): Step {
  const others = state.slots.filter((slot) => slot.number !== event.number)
  const failed = enter({ ...state, slots: [] }, 'failed', event.at, event.reason)
  return {
    state: { ...failed, permanent: true },
    effects: [...others.map(endOf), { kind: 'releaseResources' }]
  }
}

function endOf({ number, state }: Slot): RunEffect {
  return { kind: state === 'waiting' ? 'cancelRetry' : 'killInstance', number }
}

function retry(state: RunState, event: Of<'retry'>): Step {
  const slot = slotOf(state, event.number)
  if (slot?.state !== 'waiting') return unchanged(state)
  const next = withSlot(state, starting(slot, event.at))
  const status = state.status === 'healthy' ? 'healthy' : 'preparing'
  return {
    state: enter(next, status, event.at, state.reason),
    effects: [{ kind: 'startInstance', number: slot.number }]
  }
}

/** A run goes over to another model. What waits or starts of the old one is not needed any more. */
function replaceAll(state: RunState, { numbers, at }: Of<'replaced'>): Step {
  if (state.permanent || !['preparing', 'healthy', 'failed'].includes(state.status)) return unchanged(state)
  const slots = numbers.map((number) => readySlot(number, at))
  const old = state.slots.filter((slot) => slot.state === 'ready').map(({ number }) => number)
  const gone = state.slots.filter((slot) => slot.state !== 'ready').map(endOf)
  return {
    state: enter({ ...state, slots }, 'healthy', at, null),
    effects: [...gone, { kind: 'retireInstances', numbers: old }]
  }
}

function readySlot(number: number, at: number): Slot {
  return { number, state: 'ready', since: at, strikes: 0, restarts: 0, nextTryAt: null }
}

/** Ready instances go on until what was accepted is answered; the others end now. A place in the queue is given up. */
function stop(state: RunState, event: Of<'stop'>): Step {
  if (state.status === 'stopped' || state.status === 'stopping') return unchanged(state)
  const slots = state.slots.filter((slot) => slot.state === 'ready')
  const gone = state.slots.filter((slot) => slot.state !== 'ready')
  const place: RunEffect[] = state.status === 'queued' ? [{ kind: 'releaseResources' }] : []
  return {
    state: enter({ ...state, slots }, 'stopping', event.at, event.reason),
    effects: [...place, ...gone.map(endOf), { kind: 'drain' }]
  }
}

function drained(state: RunState, at: number): Step {
  if (state.status !== 'stopping') return unchanged(state)
  if (state.slots.length === 0) return ended(state, at)
  const toStop = state.slots.filter((slot) => slot.state === 'ready')
  const slots = state.slots.map((slot): Slot => ({ ...slot, state: 'stopping' }))
  return { state: { ...state, slots }, effects: toStop.map(({ number }) => ({ kind: 'stopInstance', number })) }
}

/** An instance that dies before what was accepted is answered is not replaced: the others answer, or nobody does. */
function lostWhileStopping(state: RunState, event: Of<'lost'>): Step {
  const lostSlot = slotOf(state, event.number)
  if (!lostSlot) return unchanged(state)
  const next = { ...state, slots: state.slots.filter((slot) => slot !== lostSlot) }
  return lostSlot.state === 'stopping' && next.slots.length === 0 ? ended(next, event.at) : unchanged(next)
}

/** The deadline of a stop has passed. */
function abort(state: RunState, at: number): Step {
  if (state.status !== 'stopping') return unchanged(state)
  const { state: next, effects } = ended({ ...state, slots: [] }, at)
  return { state: next, effects: [...state.slots.map(endOf), ...effects] }
}

function ended(state: RunState, at: number): Step {
  return {
    state: enter(state, 'stopped', at, state.reason),
    effects: [{ kind: 'releaseResources' }, { kind: 'endRun', reason: state.reason ?? 'stopped' }]
  }
}
