import type { Logger } from '../../base/logger.ts'
import type { Instance as InstanceView } from '../../contract/index.ts'
import type { NetworkTensors } from '../../engine/protocol.ts'
import type { Dispatcher } from './dispatcher.ts'
import { Instance, type InstanceListener } from './instance.ts'
import type { InstanceLimits } from './instanceLimits.ts'
import type { Loading } from './loading.ts'
import type { Slot } from './runState.ts'

const slotWords = { starting: 'starting', ready: 'ready', waiting: 'restarting', stopping: 'stopping' } as const

/** The engine processes of a run, by the number of their slots, and those that are on their way out. */
export class InstanceSet {
  readonly #dispatcher: Dispatcher
  readonly #logger: Logger
  readonly #limits: InstanceLimits
  readonly #live = new Map<number, Instance>()
  readonly #retiring = new Set<Instance>()
  readonly #dying = new Set<Promise<void>>()
  /** Requests of the instances that a slot had before. */
  readonly #served = new Map<number, number>()
  #peakBytes = 0

  constructor(dispatcher: Dispatcher, logger: Logger, limits: InstanceLimits) {
    this.#dispatcher = dispatcher
    this.#logger = logger
    this.#limits = limits
  }

  /** Starts a process that belongs to no slot yet. */
  open(number: number, loading: Loading, listener: InstanceListener): Instance {
    return new Instance(number, loading, listener, this.#logger, this.#limits)
  }

  /** It is the one of its slot from now on. */
  put(instance: Instance): void {
    this.#live.set(instance.number, instance)
  }

  /** It has ended. @returns whether it was the one of its slot */
  forget(instance: Instance): boolean {
    const { number } = instance
    this.#retiring.delete(instance)
    if (this.#live.get(number) !== instance) return false
    this.#peakBytes = Math.max(this.#peakBytes, instance.peakBytes)
    this.#live.delete(number)
    this.#served.set(number, (this.#served.get(number) ?? 0) + instance.requests)
    return true
  }

  /** Lets it finish what it was given. */
  stop(number: number): void {
    void this.#live.get(number)?.stop()
  }

  /** Ends it at once; nothing more is heard of it. */
  kill(number: number): void {
    const instance = this.#live.get(number)
    if (instance) this.#kill(instance)
  }

  /** It leaves its slot, is given nothing more, answers what it has, and stops. Resolves once it is gone. */
  retire(number: number): Promise<void> {
    const instance = this.#live.get(number)
    if (!instance) return Promise.resolve()
    this.#live.delete(number)
    this.#served.delete(number)
    this.#retiring.add(instance)
    return this.awaitEnd(this.#dispatcher.retire(instance).then(() => instance.stop()))
  }

  killRetiring(): void {
    for (const instance of this.#retiring) this.#kill(instance)
  }

  /** The run is not over before this is. */
  awaitEnd(gone: Promise<void>): Promise<void> {
    this.#dying.add(gone)
    void gone.then(() => this.#dying.delete(gone))
    return gone
  }

  /** Resolves once no process is left that was killed or retired. */
  async gone(): Promise<void> {
    await Promise.all(this.#dying)
  }

  /** The lowest numbers that neither a slot nor a process has. */
  freeNumbers(count: number, slots: readonly Slot[]): number[] {
    const taken = new Set([...this.#live.values(), ...this.#retiring, ...slots].map(({ number }) => number))
    const candidates = Array.from({ length: taken.size + count }, (_, index) => index + 1)
    return candidates.filter((number) => !taken.has(number)).slice(0, count)
  }

  /** The most that an instance used since the last `forgetPeak`. */
  get peakBytes(): number {
    return Math.max(this.#peakBytes, ...[...this.#live.values()].map(({ peakBytes }) => peakBytes))
  }

  /** What the network takes and gives, as an instance that is ready has it. */
  get tensors(): NetworkTensors | null {
    return [...this.#live.values()].find(({ tensors }) => tensors !== null)?.tensors ?? null
  }

  /** What comes is another model's. */
  forgetPeak(): void {
    this.#peakBytes = 0
  }

  view(slots: readonly Slot[]): InstanceView[] {
    const retiring = [...this.#retiring].map((instance) => this.#show(instance.number, instance, 'stopping', 0))
    return [...slots.map((slot) => this.#showSlot(slot)), ...retiring]
  }

  #showSlot({ number, state, restarts }: Slot): InstanceView {
    const word = state === 'starting' && restarts > 0 ? 'restarting' : slotWords[state]
    return this.#show(number, this.#live.get(number), word, restarts)
  }

  #show(number: number, live: Instance | undefined, state: InstanceView['state'], restarts: number): InstanceView {
    return {
      number,
      state,
      step: live?.step ?? null,
      provider: live?.provider ?? null,
      fallback: live?.fallback ?? null,
      pid: live?.pid ?? null,
      requests: (this.#served.get(number) ?? 0) + (live?.requests ?? 0),
      restarts,
      memoryBytes: live?.memoryBytes ?? null,
      cpuShare: live?.cpuShare ?? null
    }
  }

  #kill(instance: Instance): void {
    this.forget(instance)
    void this.awaitEnd(instance.kill())
  }
}
