import { BoundedQueue } from '../../base/boundedQueue.ts'
import { Refusal } from '../refusal.ts'
import type { PredictMessage, RawTensor, ResultMessage, TensorsMessage } from '../../engine/protocol.ts'
import type { EngineReply } from './instance.ts'
import type { ComputingModel } from './loading.ts'
import { deadlineExceeded, enginesDied, refusedImage, stoppedMeanwhile } from './requestRefusals.ts'
import { Suspects } from './suspects.ts'
import { Throughput } from './throughput.ts'

/**
 * Gives requests to instances: first in, first out, bounded, each with a deadline; the least loaded instance first.
 * A request whose engine dies goes back to the head and is given to an instance once more, alone, so each is answered
 * once.
 */

/** An instance, as the dispatcher needs it. What is under way when it ends is told by `Dispatcher.lost`. */
export interface Worker {
  readonly number: number
  /** What it computes with; named in its answers. */
  readonly model: ComputingModel
  predict(image: Uint8Array, masks: PredictMessage['masks']): Promise<EngineReply>
  infer(inputs: RawTensor[]): Promise<EngineReply>
}

export interface Answered {
  result: ResultMessage
  model: ComputingModel
  /** From acceptance to the hand-over to the engine that answered. */
  queueMs: number
}

/** As `Answered`, for a request of tensors. */
export interface AnsweredTensors extends Omit<Answered, 'result'> {
  result: TensorsMessage
}

/** Requests in one engine at a time: one batch computes while the next is decoded. */
export function mostInFlight(largestBatch = 1): number {
  return 2 * largestBatch
}

/** A person's tries may wait too, but not many. */
const mostTries = 8

interface Job {
  /** By which a request that kills engines is known again: a picture, or the first tensor. */
  image: Uint8Array
  give(worker: Worker): Promise<EngineReply>
  isTry: boolean
  deadlineMs: number
  acceptedAt: number
  givenAt: number
  deaths: number
  timer: NodeJS.Timeout | undefined
  resolve(reply: Extract<EngineReply, { kind: 'result' | 'tensors' }>, how: Omit<Answered, 'result'>): void
  reject(error: Error): void
}

export class Dispatcher {
  readonly #line: BoundedQueue<Job>
  readonly #tries = new BoundedQueue<Job>(mostTries)
  readonly #workers = new Map<Worker, Set<Job>>()
  readonly #room: number
  /** Instances that are given nothing more, each with what is told once it has answered. */
  readonly #retiring = new Map<Worker, () => void>()
  readonly #suspects = new Suspects()
  readonly #throughput = new Throughput()
  #drained: (() => void) | undefined

  /** @param queue How many of the line's requests may wait. @param largestBatch How many an engine computes together. */
  constructor(queue: number, largestBatch?: number) {
    this.#line = new BoundedQueue(queue)
    this.#room = mostInFlight(largestBatch)
  }

  /** Requests of the line that wait now. */
  get queued(): number {
    return this.#line.length
  }

  /** Requests of the line and tries that are accepted and not answered yet. */
  get unanswered(): number {
    const underWay = [...this.#workers.values()].flatMap((jobs) => [...jobs]).filter(({ timer }) => timer)
    return this.#line.length + this.#tries.length + underWay.length
  }

  /** Pictures that are refused since engines died over them. */
  get refusedImages(): number {
    return this.#suspects.refused
  }

  /** They may be tried again. */
  clearRefusedImages(): void {
    this.#suspects.clear()
  }

  /**
   * @param deadlineMs From now. @param masks How masks are given, where the model has them.
   * @throws Refusal QUEUE_FULL, DEADLINE_EXCEEDED, IMAGE_REFUSED, INFERENCE_NOT_READY (its engines died), or what the
   *   engine says of the picture
   */
  predict(
    image: Uint8Array,
    deadlineMs: number,
    isTry: boolean,
    masks: PredictMessage['masks'] = 'polygon'
  ): Promise<Answered> {
    return new Promise((resolve, reject) => {
      this.#accept(image, deadlineMs, isTry, {
        give: (worker) => worker.predict(image, masks),
        resolve: (result, how) => (result.kind === 'result' ? resolve({ result, ...how }) : reject(otherKind())),
        reject
      })
    })
  }

  /** Runs the network on tensors as they are. @throws as `predict`, and INVALID_REQUEST for tensors that do not fit */
  infer(inputs: RawTensor[], deadlineMs: number): Promise<AnsweredTensors> {
    return new Promise((resolve, reject) => {
      this.#accept(inputs[0]?.data ?? new Uint8Array(), deadlineMs, false, {
        give: (worker) => worker.infer(inputs),
        resolve: (result, how) => (result.kind === 'tensors' ? resolve({ result, ...how }) : reject(otherKind())),
        reject
      })
    })
  }

  #accept(
    image: Uint8Array,
    deadlineMs: number,
    isTry: boolean,
    { give, resolve, reject }: Pick<Job, 'give' | 'resolve' | 'reject'>
  ): void {
    if (this.#suspects.isRefused(image)) return reject(refusedImage())
    const job: Job = {
      image,
      give,
      isTry,
      deadlineMs,
      acceptedAt: performance.now(),
      givenAt: 0,
      deaths: 0,
      timer: undefined,
      resolve,
      reject
    }
    const queue = this.#queueOf(job)
    if (!queue.push(job)) return reject(this.#full(queue))
    job.timer = setTimeout(() => this.#late(job), deadlineMs)
    this.#pump()
  }

  /** A ready instance takes requests from now on. */
  add(worker: Worker): void {
    this.#workers.set(worker, new Set())
    this.#pump()
  }

  /** The instance ended: what was under way in it is given to another once more. */
  lost(worker: Worker, fault: boolean): void {
    const jobs = [...(this.#workers.get(worker) ?? [])]
    this.#forget(worker)
    const [alone] = jobs
    if (fault && alone && jobs.length === 1) this.#suspects.died(alone.image)
    for (const job of jobs.reverse()) this.#giveBack(job)
    this.#pump()
  }

  /** It is given nothing more. Resolves once what is under way in it is answered, or it is lost. */
  retire(worker: Worker): Promise<void> {
    return new Promise((resolve) => {
      this.#retiring.set(worker, resolve)
      this.#checkRetired(worker)
    })
  }

  /** Resolves once what was accepted is answered. Without a ready instance it is refused. */
  drain(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained = resolve
      this.#pump()
    })
  }

  /** Refuses all that is not answered yet. */
  refuseAll(): void {
    const underWay = [...this.#workers.values()].flatMap((jobs) => [...jobs])
    for (const worker of [...this.#workers.keys()]) this.#forget(worker)
    for (const job of [...underWay, ...this.#line.clear(), ...this.#tries.clear()])
      this.#refuse(job, stoppedMeanwhile())
    this.#pump()
  }

  #queueOf(job: Job): BoundedQueue<Job> {
    return job.isTry ? this.#tries : this.#line
  }

  /**
   * The least loaded instance that has room. A request whose engine died is given to an engine alone: so one that
   * kills engines takes no others with it, and is found out.
   */
  #workerFor(job: Job): Worker | undefined {
    const room = job.deaths > 0 ? 1 : this.#room
    let best: { worker: Worker; load: number } | undefined
    for (const [worker, jobs] of this.#workers) {
      const free = !this.#retiring.has(worker) && jobs.size < room && ![...jobs].some(({ deaths }) => deaths > 0)
      if (free && (!best || jobs.size < best.load)) best = { worker, load: jobs.size }
    }
    return best?.worker
  }

  #pump(): void {
    for (;;) {
      const queue = this.#line.length > 0 ? this.#line : this.#tries
      const worker = queue.first && this.#workerFor(queue.first)
      const job = worker && queue.shift()
      if (!job) break
      this.#give(job, worker)
    }
    if (this.#drained) this.#checkDrained(this.#drained)
  }

  #give(job: Job, worker: Worker): void {
    this.#workers.get(worker)?.add(job)
    job.givenAt = performance.now()
    job.give(worker).then(
      (reply) => this.#replied(worker, job, reply),
      () => undefined
    )
  }

  #replied(worker: Worker, job: Job, reply: EngineReply): void {
    if (!this.#workers.get(worker)?.delete(job)) return
    this.#throughput.count(performance.now())
    if (reply.kind !== 'failed') this.#suspects.succeeded(job.image)
    this.#settle(worker, job, reply)
    this.#checkRetired(worker)
    this.#pump()
  }

  #checkRetired(worker: Worker): void {
    if (this.#retiring.has(worker) && !this.#workers.get(worker)?.size) this.#forget(worker)
  }

  #forget(worker: Worker): void {
    this.#workers.delete(worker)
    this.#retiring.get(worker)?.()
    this.#retiring.delete(worker)
  }

  #settle({ model }: Worker, job: Job, reply: EngineReply): void {
    clearTimeout(job.timer)
    const queueMs = job.givenAt - job.acceptedAt
    if (reply.kind === 'result' || reply.kind === 'tensors') job.resolve(reply, { model, queueMs })
    else if (reply.kind === 'refused') job.reject(new Refusal(reply.code, reply.detail))
    else job.reject(new Error(`the engine failed on this request: ${reply.detail}`))
  }

  #giveBack(job: Job): void {
    job.deaths++
    if (this.#suspects.isRefused(job.image)) this.#refuse(job, refusedImage())
    else if (job.deaths >= 2) this.#refuse(job, enginesDied(this.#workers.size > 0 ? 'healthy' : 'preparing'))
    else if (job.timer) this.#queueOf(job).putBack(job)
  }

  /** Answered as late; an engine that computes it goes on, and its result is dropped. */
  #late(job: Job): void {
    this.#queueOf(job).remove(job)
    this.#refuse(job, deadlineExceeded(job.deadlineMs))
    this.#pump()
  }

  #refuse(job: Job, refusal: Refusal): void {
    clearTimeout(job.timer)
    job.timer = undefined
    job.reject(refusal)
  }

  #full(queue: BoundedQueue<Job>): Refusal {
    const seconds = this.#throughput.secondsFor(queue.length, performance.now())
    return new Refusal('QUEUE_FULL', `${queue.length} requests wait already; send fewer at a time, or add instances`, {
      retryAfterSeconds: seconds
    })
  }

  #checkDrained(drained: () => void): void {
    if (this.#workers.size === 0 && this.#line.length + this.#tries.length > 0) return this.refuseAll()
    if (this.#line.length + this.#tries.length > 0) return
    if ([...this.#workers.values()].some((jobs) => [...jobs].some((job) => job.timer))) return
    this.#drained = undefined
    drained()
  }
}

function otherKind(): Error {
  return new Error('the engine answered another kind of request')
}
