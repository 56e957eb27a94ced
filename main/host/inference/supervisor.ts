import type { Logger } from '../../base/logger.ts'
import type { Instance as InstanceView, ResourceSums } from '../../contract/index.ts'
import type { NetworkTensors } from '../../engine/protocol.ts'
import { Refusal } from '../refusal.ts'
import { Dispatcher } from './dispatcher.ts'
import type { EngineEnd, Instance, InstanceListener } from './instance.ts'
import type { InstanceLimits } from './instanceLimits.ts'
import { InstanceSet } from './instanceSet.ts'
import type { Loading } from './loading.ts'
import { initialState, step, type RunEffect, type RunEvent, type RunState } from './runState.ts'
import type { Scheduler, Ticket } from './scheduler.ts'
import { Staging } from './staging.ts'

export interface SupervisorOptions {
  /** In words, for those that wait for what it holds. */
  name: string
  instances: number
  queue: number
  loading: Loading
  needs: ResourceSums
  scheduler: Scheduler
  logger: Logger
  random: () => number
  limits: InstanceLimits
  /** The state, or what an instance shows, has changed. */
  onChange: () => void
}

/** Without the time, which the supervisor adds. */
type Happening = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'at'> : never) : never

/** What a run goes over to. */
interface Next {
  loading: Loading
  needs: ResourceSums
  staging: Staging
}

/** Does what the run's state machine says: starts, replaces and ends instances, holds resources, drains. */
export class Supervisor {
  readonly dispatcher: Dispatcher
  /** Resolves with the reason once the run is over and its processes are gone. */
  readonly ended: Promise<string>
  readonly #options: SupervisorOptions
  readonly #instances: InstanceSet
  readonly #retries = new Map<number, NodeJS.Timeout>()
  #loading: Loading
  #needs: ResourceSums
  #next: Next | undefined
  #resolveEnded: (reason: string) => void = () => undefined
  #state: RunState = initialState(Date.now())
  #ticket: Ticket | undefined

  constructor(options: SupervisorOptions) {
    this.#options = options
    this.#loading = options.loading
    this.#needs = options.needs
    this.dispatcher = new Dispatcher(options.queue, options.loading.load.batch?.largest)
    this.#instances = new InstanceSet(this.dispatcher, options.logger, options.limits)
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
    return this.#instances.view(this.#state.slots)
  }

  /** The most memory that an instance of the present model used, 0 before it was measured. */
  get peakBytes(): number {
    return this.#instances.peakBytes
  }

  /** What the network takes and gives; null while no instance is ready. */
  get tensors(): NetworkTensors | null {
    return this.#instances.tensors
  }

  /** Brings it up; on a failed run, tries now. */
  start(): void {
    this.#happened({ kind: 'start', instances: this.#options.instances })
  }

  /** Ends the run once what was accepted is answered. */
  stop(reason: string): void {
    this.dropNext('the run was stopped')
    this.#happened({ kind: 'stop', reason })
  }

  /** Ends a stopping run at once. */
  abort(): void {
    if (this.#state.status !== 'stopping') return
    this.dispatcher.refuseAll()
    this.#instances.killRetiring()
    this.#happened({ kind: 'abort' })
  }

  /**
   * Starts instances of another model beside those that serve. Resolves once all are ready, and `takeOver` may be called.
   * The CPU threads are those of the old ones, which the new ones take over; memory is held for both meanwhile.
   * @throws Refusal CONFLICT with what is short, at once; rejects with why they could not start
   */
  stage(loading: Loading, needs: ResourceSums): Promise<void> {
    const lacks = this.#ticket?.grow({ ...needs, cpuThreads: 0 })
    if (lacks) throw noRoom(lacks)
    const open = (number: number, listener: InstanceListener) => this.#instances.open(number, loading, listener)
    const staging = new Staging(this.#instances.freeNumbers(this.#options.instances, this.#state.slots), open)
    this.#next = { loading, needs, staging }
    return staging.ready
  }

  /** The staged instances serve from now on; the old ones answer what they have and stop. False where that failed. */
  takeOver(): boolean {
    const next = this.#next
    const { status, permanent } = this.#state
    if (!next || next.staging.failure || permanent || !['healthy', 'preparing', 'failed'].includes(status)) return false
    this.#next = undefined
    this.#loading = next.loading
    this.#needs = next.needs
    for (const instance of next.staging.instances) this.#adopt(instance)
    this.#happened({ kind: 'replaced', numbers: next.staging.instances.map(({ number }) => number) })
    this.#instances.forgetPeak()
    return true
  }

  /** Ends what was staged; the present model goes on. */
  dropNext(reason: string): void {
    const next = this.#next
    this.#next = undefined
    if (next) void this.#instances.awaitEnd(next.staging.fail(reason)).then(() => this.#holdNeeds())
  }

  #adopt(instance: Instance): void {
    instance.listener = this.#listenerOf(() => instance)
    this.#instances.put(instance)
    this.dispatcher.add(instance)
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
        return this.#instances.stop(effect.number)
      case 'killInstance':
        return this.#instances.kill(effect.number)
      case 'retireInstances':
        return void Promise.all(effect.numbers.map((number) => this.#instances.retire(number))).then(() =>
          this.#holdNeeds()
        )
      case 'scheduleRetry':
        return this.#schedule(effect.number, effect.ms)
      case 'cancelRetry':
        return this.#cancel(effect.number)
      case 'drain':
        return void this.dispatcher.drain().then(() => this.#happened({ kind: 'drained' }))
      case 'endRun':
        return void this.#instances.gone().then(() => this.#resolveEnded(effect.reason))
    }
  }

  #request(): void {
    const { name, scheduler, instances } = this.#options
    const admitted = () => this.#happened({ kind: 'admitted', instances })
    this.#ticket = scheduler.request({ name, needs: this.#needs }, admitted)
  }

  #holdNeeds(): void {
    if (!this.#next) this.#ticket?.hold(this.#needs)
  }

  #startInstance(number: number): void {
    const listener = this.#listenerOf(() => instance)
    const instance: Instance = this.#instances.open(number, this.#loading, listener)
    this.#instances.put(instance)
  }

  #listenerOf(instance: () => Instance): InstanceListener {
    return {
      onReady: () => this.#ready(instance()),
      onEnd: (end) => this.#lost(instance(), end),
      onUsage: this.#options.onChange
    }
  }

  #ready(instance: Instance): void {
    this.#happened({ kind: 'ready', number: instance.number })
    if (instance.provider === 'cpu' && this.#needs.gpuMemoryBytes > 0) this.#useNoGpu()
    this.dispatcher.add(instance)
  }

  /** What computes on the CPU, since no other provider takes it, leaves the GPU's memory to others. */
  #useNoGpu(): void {
    this.#needs = { ...this.#needs, gpuMemoryBytes: 0 }
    this.#holdNeeds()
  }

  #lost(instance: Instance, { reason, permanent, fault }: EngineEnd): void {
    const { number } = instance
    const isOfSlot = this.#instances.forget(instance)
    if (isOfSlot) this.#happened({ kind: 'lost', number, reason, permanent, jitter: this.#options.random() })
    this.dispatcher.lost(instance, fault)
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

function noRoom(lacks: string): Refusal {
  const detail = `the old and the new model have no room beside each other: that needs ${lacks}; stop another inference, or raise the limit in the settings`
  return new Refusal('CONFLICT', detail)
}
