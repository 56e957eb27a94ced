import { fork, type ChildProcess } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import type { Logger } from '../../base/logger.ts'
import {
  fromEngine,
  type FromEngine,
  type NetworkTensors,
  type PredictMessage,
  type Provider,
  type RawTensor,
  type ToEngine
} from '../../engine/protocol.ts'
import { memoryLimitOf, slowestFactor, tooMuchMemory, type InstanceLimits } from './instanceLimits.ts'
import type { ComputingModel, Loading } from './loading.ts'

/** The end of an engine process. `fault`: by itself or because it hung, not by a signal from outside. */
export interface EngineEnd {
  reason: string
  permanent: boolean
  fault: boolean
}

/** An engine's answer to one request. */
export type EngineReply = Extract<FromEngine, { kind: 'result' | 'tensors' | 'refused' | 'failed' }>

/** Who hears of an instance. `onEnd` comes once, last, unless it was killed by `kill`. */
export interface InstanceListener {
  onReady(): void
  onEnd(end: EngineEnd): void
  onUsage(): void
}

interface Pending {
  resolve: (reply: EngineReply) => void
  reject: (error: Error) => void
}

/** From the end of a silence to the judgement, in which what waits in the channel is read; longer than a heartbeat. */
const graceMs = 1500

/** Signals by which a process ends through its own fault; others come from outside. */
const faultSignals = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP', 'SIGSYS'])

/** One engine process with one session. It is started by the constructor and ends once. */
export class Instance {
  readonly number: number
  readonly model: ComputingModel
  /** Who hears of it; another one takes over where a run goes over to a newer model. */
  listener: InstanceListener
  provider: Provider | null = null
  /** Why it computes on none that was rather wanted. */
  fallback: string | null = null
  memoryBytes: number | null = null
  /** The most that it used since it was ready. */
  peakBytes = 0
  cpuShare: number | null = null
  /** What its network takes and gives, once it is ready. */
  tensors: NetworkTensors | null = null
  requests = 0
  /** What it does until it is ready. */
  step: 'load' | 'warm-up' | null = 'load'
  readonly #child: ChildProcess
  readonly #logger: Logger
  readonly #limits: InstanceLimits
  readonly #pending = new Map<number, Pending>()
  readonly #exited: Promise<void>
  #nextId = 1
  #awaited: NodeJS.Timeout | undefined
  #silence: NodeJS.Timeout | undefined
  #slowestMs = 0
  #memoryLimit: number | undefined
  #stopping: NodeJS.Timeout | undefined
  #known: EngineEnd | null = null
  #ended = false
  #silent = false
  #words = ''

  constructor(
    number: number,
    { model, load, entry }: Loading,
    listener: InstanceListener,
    logger: Logger,
    limits: InstanceLimits
  ) {
    this.number = number
    this.model = model
    this.listener = listener
    this.#logger = logger
    this.#limits = limits
    this.#child = fork(entry, {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc']
    })
    this.#exited = new Promise((resolve) => this.#child.once('close', resolve))
    this.#listen()
    this.#awaited = this.#limit(limits.startMs, 'did not become ready')
    this.#send({ kind: 'load', ...load })
  }

  get pid(): number | null {
    return this.#child.pid ?? null
  }

  /** Rejects where the process ends before it answers. */
  predict(image: Uint8Array, masks: PredictMessage['masks']): Promise<EngineReply> {
    return this.#ask((id) => ({ kind: 'predict', id, image, masks }))
  }

  /** Runs the network on tensors as they are. Rejects as `predict`. */
  infer(inputs: RawTensor[]): Promise<EngineReply> {
    return this.#ask((id) => ({ kind: 'infer', id, inputs }))
  }

  #ask(message: (id: number) => ToEngine): Promise<EngineReply> {
    const id = this.#nextId++
    this.requests++
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(new Error('the engine has ended'))
      this.#pending.set(id, { resolve, reject })
      if (this.#pending.size === 1) this.#awaited = this.#limit(this.#limits.answerMs, 'did not answer')
      this.#send(message(id))
    })
  }

  /** Lets it finish what it was given. Resolves once the process is gone. */
  async stop(): Promise<void> {
    this.#known ??= { reason: 'stopped', permanent: false, fault: false }
    this.#stopping ??= this.#limit(this.#limits.stopMs, 'did not stop')
    this.#send({ kind: 'stop' })
    await this.#exited
  }

  /** Ends it at once; its listener hears no more. Resolves once the process is gone. */
  async kill(): Promise<void> {
    this.#silent = true
    this.#child.kill('SIGKILL')
    this.#end({ reason: 'stopped', permanent: false, fault: false })
    await this.#exited
  }

  #listen(): void {
    this.#child.on('message', (message) => this.#receive(message))
    this.#child.on('exit', (code, signal) => this.#afterLastMessage(() => this.#end(endOf(code, signal, this.#words))))
    this.#child.on('error', (error) => this.#fault(`the engine process could not be started: ${error.message}`, false))
    this.#child.on('disconnect', () => this.#child.kill('SIGKILL'))
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#hear(text))
  }

  /** An exit may be told before what the process sent last is read; that is when the channel closes. */
  #afterLastMessage(then: () => void): void {
    if (this.#child.connected) this.#child.once('disconnect', then)
    else then()
  }

  /** What a process says before it dies is often the only clue. */
  #hear(text: string): void {
    this.#words = (this.#words + text).slice(-500)
    this.#logger.debug(`instance ${this.number} wrote: ${text.trimEnd().slice(0, 2000)}`)
  }

  #receive(message: unknown): void {
    if (this.#ended) return
    const parsed = fromEngine.safeParse(message)
    if (!parsed.success) return this.#fault('the engine sent a message that is not in the protocol', false)
    this.#heardOf()
    this.#handle(parsed.data)
  }

  #handle(message: FromEngine): void {
    switch (message.kind) {
      case 'opened':
        this.step = 'warm-up'
        return this.listener.onUsage()
      case 'ready':
        return this.#becomeReady(message)
      case 'load-failed':
        return this.#fault(message.message, message.permanent)
      case 'result':
      case 'tensors':
      case 'refused':
      case 'failed':
        return this.#answer(message)
      case 'log':
        return this.#logger[message.level](`instance ${this.number}: ${message.message}`)
      case 'usage':
        return this.#use(message)
      case 'inspected':
        return
    }
  }

  /**
   * A stopped or stuck process says nothing. What came while the host itself was held up is read before it is judged.
   * One that still loads may be silent: reading a large file takes its time.
   */
  #heardOf(): void {
    clearTimeout(this.#silence)
    if (this.provider === null) return
    const { silentMs } = this.#limits
    const judge = () => this.#fault(`the engine was silent for ${silentMs / 1000} s`, false)
    this.#silence = setTimeout(() => (this.#silence = setTimeout(judge, graceMs)), silentMs)
  }

  #use({ memoryBytes, cpuShare, computingMs }: Extract<FromEngine, { kind: 'usage' }>): void {
    this.memoryBytes = memoryBytes
    this.cpuShare = cpuShare
    if (this.provider !== null) this.#watch(memoryBytes, computingMs)
    this.listener.onUsage()
  }

  /** Of one that is ready: whether it leaks, and whether its session hangs. */
  #watch(memoryBytes: number, computingMs: number | null): void {
    this.peakBytes = Math.max(this.peakBytes, memoryBytes)
    this.#memoryLimit ??= memoryLimitOf(this.#limits.memoryBytes, memoryBytes)
    if (memoryBytes > this.#memoryLimit) return this.#replaceable(tooMuchMemory(memoryBytes, this.#memoryLimit))
    const runMs = Math.max(this.#limits.runMs, slowestFactor * this.#slowestMs)
    if (computingMs !== null && computingMs > runMs) {
      this.#fault(`the engine hangs: a run of the session took longer than ${(runMs / 1000).toFixed(1)} s`, false)
    }
  }

  /** Slow runs of the past count less and less. */
  #measure(inferMs: number): void {
    this.#slowestMs = Math.max(inferMs, 0.99 * this.#slowestMs)
  }

  #becomeReady({ provider, fallback, loadMs, warmUpMs, tensors }: Extract<FromEngine, { kind: 'ready' }>): void {
    clearTimeout(this.#awaited)
    this.step = null
    this.provider = provider
    this.fallback = fallback
    this.tensors = tensors
    // It said so just before.
    this.peakBytes = this.memoryBytes ?? 0
    // What it said while it loaded does not tell why it ends later.
    this.#words = ''
    this.#measure(warmUpMs)
    this.#heardOf()
    const times = `loaded in ${Math.round(loadMs)} ms, warmed up in ${Math.round(warmUpMs)} ms`
    this.#logger.info(`instance ${this.number} is ready on ${provider} (${times})`)
    if (fallback)
      this.#logger.info(`instance ${this.number} computes on ${provider}, nothing better is here (${fallback})`)
    this.listener.onReady()
  }

  #answer(reply: EngineReply): void {
    const pending = this.#pending.get(reply.id)
    this.#pending.delete(reply.id)
    if (reply.kind === 'result' || reply.kind === 'tensors') this.#measure(reply.timing.inferMs)
    if (this.#pending.size === 0) clearTimeout(this.#awaited)
    else this.#awaited?.refresh()
    pending?.resolve(reply)
  }

  #limit(ms: number, what: string): NodeJS.Timeout {
    return setTimeout(() => this.#fault(`the engine ${what} within ${ms / 1000} s`, false), ms)
  }

  /** Ends the process for a reason that its exit would not tell. */
  #fault(reason: string, permanent: boolean): void {
    this.#endFor({ reason, permanent, fault: true })
  }

  /** The same where no picture is to blame. */
  #replaceable(reason: string): void {
    this.#endFor({ reason, permanent: false, fault: false })
  }

  #endFor(end: EngineEnd): void {
    this.#known ??= end
    this.#child.kill('SIGKILL')
    if (this.#child.pid === undefined) this.#end(this.#known)
  }

  #send(message: ToEngine): void {
    if (this.#child.connected) this.#child.send(message, () => undefined)
  }

  #end(seen: EngineEnd): void {
    if (this.#ended) return
    this.#ended = true
    clearTimeout(this.#awaited)
    clearTimeout(this.#stopping)
    clearTimeout(this.#silence)
    const end = this.#known ?? seen
    if (!this.#silent) this.listener.onEnd(end)
    for (const { reject } of this.#pending.values()) reject(new Error(end.reason))
    this.#pending.clear()
  }
}

/** An exit in words. A process that ends itself, with whatever code, is at fault. */
function endOf(code: number | null, signal: NodeJS.Signals | null, words: string): EngineEnd {
  const how = signal ? `was ended by ${signal}` : `ended with code ${code}`
  const last = stripVTControlCharacters(words).trim().split('\n').at(-1) ?? ''
  const clue = last === '' ? '' : ` (${last.trim()})`
  return { reason: `the engine process ${how}${clue}`, permanent: false, fault: !signal || faultSignals.has(signal) }
}
