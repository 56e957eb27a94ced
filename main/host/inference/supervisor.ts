import type { Instance as InstanceView } from '../../contract/index.ts'
import type { Logger } from '../../base/logger.ts'
import type { LoadMessage } from '../../engine/protocol.ts'
import { Dispatcher } from './dispatcher.ts'
import { Instance, type EngineEnd, type InstanceLimits } from './instance.ts'
import { initialState, step, type RunEffect, type RunEvent, type RunState, type Slot } from './runState.ts'
import type { ResourceNeeds, Scheduler, Ticket } from './scheduler.ts'

export interface SupervisorOptions {
  instances: number
  queue: number
  load: Omit<LoadMessage, 'kind'>
  needs: ResourceNeeds
  scheduler: Scheduler
  logger: Logger
  random: () => number
  limits: InstanceLimits
  /** The state, or what an instance shows, has changed. */
  onChange: () => void
}

/** Without the time, which the supervisor adds. */
type Happening = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'at'> : never) : never

const slotWords = { starting: 'starting', ready: 'ready', waiting: 'restarting', stopping: 'stopping' } as const

/** Does what the run's state machine says: starts, replaces and ends instances, holds resources, drains. */
export class Supervisor {
  readonly dispatcher: Dispatcher
  /** Resolves with the reason once the run is over and its processes are gone. */
  readonly ended: Promise<string>
  readonly #options: SupervisorOptions
  readonly #instances = new Map<number, Instance>()
  readonly #served = new Map<number, number>()
  readonly #retries = new Map<number, NodeJS.Timeout>()
  readonly #dying = new Set<Promise<void>>()
  #resolveEnded: (reason: string) => void = () => undefined
  #state: RunState = initialState(Date.now())
  #ticket: Ticket | undefined

  constructor(options: SupervisorOptions) {
    this.#options = options
    this.dispatcher = new Dispatcher(options.queue, options.load.batch?.largest)
    this.ended = new Promise((resolve) => (this.#resolveEnded = resolve))
  }

  get state(): RunState {
    return this.#state
  }

  /** What a queued run waits for. */
  get queue(): { place: number; waitsFor: string } | null {
    return this.#ticket?.waiting() ?? null
  }

  get instances(): InstanceView[] {
    return this.#state.slots.map((slot) => this.#view(slot))
  }

  /** Brings it up; on a failed run, tries now. */
  start(): void {
    this.#happened({ kind: 'start', instances: this.#options.instances })
  }

  /** Ends the run once what was accepted is answered. */
  stop(reason: string): void {
    this.#happened({ kind: 'stop', reason })
  }

  /** Ends a stopping run at once. */
  abort(): void {
    if (this.#state.status !== 'stopping') return
    this.dispatcher.refuseAll()
    this.#happened({ kind: 'abort' })
  }

  #view(slot: Slot): InstanceView {
    const live = this.#instances.get(slot.number)
    return {
      number: slot.number,
      state: slot.state === 'starting' && slot.restarts > 0 ? 'restarting' : slotWords[slot.state],
      provider: live?.provider ?? null,
      fallback: live?.fallback ?? null,
      pid: live?.pid ?? null,
      requests: (this.#served.get(slot.number) ?? 0) + (live?.requests ?? 0),
      restarts: slot.restarts,
      memoryBytes: live?.memoryBytes ?? null
    }
  }

  #happened(happening: Happening): void {
    const before = this.#state
    const { state, effects } = step(before, { ...happening, at: Date.now() })
    this.#state = state
    if (state !== before) this.#tell(before, state)
    for (const effect of effects) this.#do(effect)
    if (state !== before) this.#options.onChange()
  }

  #tell(before: RunState, { status, reason, nextTryAt }: RunState): void {
    if (status === before.status && reason === before.reason) return
    const again = nextTryAt === null ? '' : `; next try in ${((nextTryAt - Date.now()) / 1000).toFixed(1)} s`
    const died = status === before.status || (status === 'preparing' && before.status === 'healthy')
    this.#options.logger[status === 'failed' ? 'error' : died && reason !== null ? 'warn' : 'info'](
      reason === null ? status : `${status}: ${reason}${again}`
    )
  }

  #do(effect: RunEffect): void {
    switch (effect.kind) {
      case 'requestResources':
        return this.#request()
      case 'releaseResources':
        return this.#ticket?.release()
      case 'startInstance':
        return this.#startInstance(effect.number)
      case 'stopInstance':
        return void this.#instances.get(effect.number)?.stop()
      case 'killInstance':
        return this.#kill(effect.number)
      case 'scheduleRetry':
        return this.#schedule(effect.number, effect.ms)
      case 'cancelRetry':
        return this.#cancel(effect.number)
      case 'drain':
        return void this.dispatcher.drain().then(() => this.#happened({ kind: 'drained' }))
      case 'endRun':
        return void Promise.all(this.#dying).then(() => this.#resolveEnded(effect.reason))
    }
  }

  #request(): void {
    const { scheduler, needs, instances } = this.#options
    this.#ticket = scheduler.request(needs, () => this.#happened({ kind: 'admitted', instances }))
  }

  #startInstance(number: number): void {
    const { load, logger, limits, onChange } = this.#options
    const listener = {
      onReady: () => this.#ready(number, instance),
      onEnd: (end: EngineEnd) => this.#lost(number, instance, end),
      onUsage: onChange
    }
    const instance: Instance = new Instance(number, load, listener, logger, limits)
    this.#instances.set(number, instance)
  }

  #ready(number: number, instance: Instance): void {
    this.#happened({ kind: 'ready', number })
    this.dispatcher.add(instance)
  }

  #lost(number: number, instance: Instance, { reason, permanent, fault }: EngineEnd): void {
    this.#forget(number, instance)
    this.#happened({ kind: 'lost', number, reason, permanent, jitter: this.#options.random() })
    this.dispatcher.lost(instance, fault)
  }

  #kill(number: number): void {
    const instance = this.#instances.get(number)
    if (!instance) return
    this.#forget(number, instance)
    const gone = instance.kill()
    this.#dying.add(gone)
    void gone.then(() => this.#dying.delete(gone))
  }

  #forget(number: number, instance: Instance): void {
    this.#instances.delete(number)
    this.#served.set(number, (this.#served.get(number) ?? 0) + instance.requests)
  }

  #schedule(number: number, ms: number): void {
    const retry = () => this.#happened({ kind: 'retry', number })
    this.#retries.set(number, setTimeout(retry, ms))
  }

  #cancel(number: number): void {
    clearTimeout(this.#retries.get(number))
    this.#retries.delete(number)
  }
}
