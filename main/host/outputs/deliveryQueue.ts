import { setTimeout as wait } from 'node:timers/promises'
import { ulid } from 'ulid'
import type { OutputHealth } from '../../contract/index.ts'
import { backoffMs, type Backoff } from '../../base/backoff.ts'
import type { Logger } from '../../base/logger.ts'
import { isoTimestamp } from '../clock.ts'
import type { Attempt, Delivery, Sender } from './output.ts'

/*
 * The queue of one output is in memory and small on purpose. It bridges a receiver that is restarted or slow. What is
 * older moves no gate any more (its part has left the line) and would delay the newest; what must outlive a power cut
 * is in the label store. On disk it would compete with the recorder for each sync and then send a signal that is wrong.
 */

export interface DeliveryLimits {
  /** Results that may wait; the oldest goes for the newest. */
  queue: number
  /** Of all that waits together. */
  mostBytes: number
  maxAgeMs: number
}

export interface DeliveryServices {
  logger: Logger
  random: () => number
  /** What `health` says has changed. */
  onChange: () => void
  backoff?: Backoff
}

export type DeliveryHealth = Omit<OutputHealth, 'id' | 'name' | 'kind'>

type State = Pick<DeliveryHealth, 'state' | 'failingSince' | 'lastError' | 'nextTryAt'>

interface Waiting extends Delivery {
  /** In ms, of a clock that never goes back. */
  since: number
}

const usualBackoff: Backoff = { leastMs: 500, mostMs: 15_000 }
const tellAgainMs = 60_000

/** Sends one result after the other, in order, each until it is delivered, refused for good, or too old. */
export class DeliveryQueue {
  readonly #sender: Sender
  readonly #limits: DeliveryLimits
  readonly #services: DeliveryServices
  readonly #waiting: Waiting[] = []
  readonly #giveUp = new AbortController()
  /** Aborts a wait between two tries. */
  #wake = new AbortController()
  #current: Waiting | undefined
  #running: Promise<void> | undefined
  #isClosing = false
  #bytes = 0
  /** One after the other, of the receiver and not of one delivery. */
  #failures = 0
  #told = { error: '', at: 0 }
  #state: State = { state: 'idle', failingSince: null, lastError: null, nextTryAt: null }
  readonly #counts = { delivered: 0, failed: 0, dropped: 0 }

  constructor(sender: Sender, limits: DeliveryLimits, services: DeliveryServices) {
    this.#sender = sender
    this.#limits = limits
    this.#services = services
  }

  get health(): DeliveryHealth {
    return { ...this.#state, queued: this.#waiting.length + (this.#current ? 1 : 0), ...this.#counts }
  }

  offer(body: Uint8Array): void {
    if (this.#isClosing) return
    this.#waiting.push({ id: ulid(), body, attempt: 0, since: performance.now() })
    this.#bytes += body.length
    this.#dropAged()
    while (this.#isOver()) this.#dropOldest()
    this.#running ??= Promise.resolve().then(() => this.#run())
    this.#services.onChange()
  }

  /** Tries at once what waits; the first failure, or the signal, drops the rest. */
  async close(enough: AbortSignal): Promise<void> {
    this.#isClosing = true
    this.#wake.abort()
    const giveUp = () => this.#giveUp.abort()
    if (enough.aborted) giveUp()
    enough.addEventListener('abort', giveUp)
    await this.#running
    enough.removeEventListener('abort', giveUp)
    const { delivered, failed, dropped } = this.#counts
    if (failed + dropped > 0)
      this.#services.logger.warn('not all results were delivered', { delivered, failed, dropped })
  }

  async #run(): Promise<void> {
    for (let next = this.#take(); next; next = this.#take()) await this.#deliver(next)
    this.#running = undefined
  }

  #take(): Waiting | undefined {
    this.#dropAged()
    this.#current = this.#waiting.shift()
    if (this.#current) this.#bytes -= this.#current.body.length
    return this.#current
  }

  async #deliver(delivery: Waiting): Promise<void> {
    for (let isOver = false; !isOver;) {
      const isLate = this.#isAged(delivery) || this.#giveUp.signal.aborted
      if (!isLate) delivery.attempt += 1
      isOver = await this.#settle(isLate ? late : await this.#sender.send(delivery, this.#giveUp.signal).catch(defect))
    }
  }

  /** True once nothing more is to be done for the present delivery. */
  async #settle(attempt: Attempt | typeof late): Promise<boolean> {
    if (attempt.kind === 'delivered') this.#delivered()
    else if (attempt.kind === 'refused') this.#refused(attempt.error)
    else if (attempt.kind === 'late') this.#dropCurrent()
    else await this.#failed(attempt)
    return this.#current === undefined
  }

  #delivered(): void {
    const { failingSince } = this.#state
    if (this.#failures > 0) this.#services.logger.info('delivers again', { failingSince })
    this.#counts.delivered += 1
    this.#failures = 0
    this.#state = { state: 'ok', failingSince: null, lastError: null, nextTryAt: null }
    this.#forgetCurrent()
  }

  #refused(error: string): void {
    this.#counts.failed += 1
    this.#failures = 0
    this.#failing(error, null)
    this.#forgetCurrent()
  }

  async #failed({ error, afterMs }: Extract<Attempt, { kind: 'again' }>): Promise<void> {
    const { random, backoff = usualBackoff } = this.#services
    const ms = Math.max(afterMs ?? 0, backoffMs(this.#failures, random(), backoff))
    this.#failures += 1
    this.#failing(error, this.#isClosing ? null : ms)
    this.#services.onChange()
    if (this.#isClosing) this.#dropAll()
    else await this.#pause(ms)
  }

  async #pause(ms: number): Promise<void> {
    this.#wake = new AbortController()
    await wait(ms, undefined, { signal: this.#wake.signal, ref: false }).catch(() => undefined)
    this.#state = { ...this.#state, nextTryAt: null }
  }

  #failing(error: string, ms: number | null): void {
    const { state, failingSince } = this.#state
    this.#tell(error)
    const since = state === 'failing' ? failingSince : isoTimestamp()
    const nextTryAt = ms === null ? null : isoTimestamp(new Date(Date.now() + ms))
    this.#state = { state: 'failing', failingSince: since, lastError: error, nextTryAt }
  }

  /** The same trouble once a minute at most. */
  #tell(error: string): void {
    const at = performance.now()
    if (error === this.#told.error && at - this.#told.at < tellAgainMs) return
    this.#told = { error, at }
    this.#services.logger.warn(`a result is not delivered: ${error}`)
  }

  #forgetCurrent(): void {
    this.#current = undefined
    this.#services.onChange()
  }

  #dropCurrent(): void {
    this.#counts.dropped += 1
    this.#forgetCurrent()
  }

  #dropAll(): void {
    this.#dropCurrent()
    while (this.#waiting.length > 0) this.#dropOldest()
  }

  #dropOldest(): void {
    this.#bytes -= this.#waiting.shift()?.body.length ?? 0
    this.#counts.dropped += 1
  }

  #dropAged(): void {
    while (this.#waiting[0] && this.#isAged(this.#waiting[0])) this.#dropOldest()
  }

  #isAged({ since }: Waiting): boolean {
    return performance.now() - since > this.#limits.maxAgeMs
  }

  /** The newest is kept whatever its size. */
  #isOver(): boolean {
    const { queue, mostBytes } = this.#limits
    return this.#waiting.length > queue || (this.#waiting.length > 1 && this.#bytes > mostBytes)
  }
}

const late = { kind: 'late' } as const

/** A sender must not throw; one that does harms this delivery only. */
function defect(error: unknown): Attempt {
  return { kind: 'refused', error: `a defect in Lineside: ${String(error)}` }
}
