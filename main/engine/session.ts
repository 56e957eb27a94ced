import { Worker } from 'node:worker_threads'
import { entryBeside } from '../base/entry.ts'
import { ModelRefusal } from './modelRefusal.ts'
import type { LoadMessage, Provider } from './protocol.ts'
import {
  fromSession,
  type FromSession,
  type RunMessage,
  type SessionOutput,
  type ToSession
} from './sessionMessages.ts'

/** What a run of the session gave, or why it gave nothing; the input's buffer, as it was, is free again. */
export type RunResult = { data: Float32Array<ArrayBuffer> } & (
  { outputs: SessionOutput[]; inferMs: number; error?: undefined } | { error: Error }
)

/** ONNX Runtime's session in its own thread. Runs are computed one after the other, in the order given. */
export class Session {
  readonly provider: Provider
  readonly fallback: string | null
  readonly #worker: Worker
  readonly #waiting = new Map<number, (result: RunResult) => void>()
  #nextId = 1
  #computingSince: number | undefined

  private constructor(worker: Worker, opened: Extract<FromSession, { kind: 'opened' }>) {
    this.#worker = worker
    this.provider = opened.provider
    this.fallback = opened.fallback
    worker.on('message', (message) => this.#receive(fromSession.parse(message)))
    // From here on a thread that dies takes the process with it, so that nobody waits for its answers.
    worker.removeAllListeners('error')
  }

  /** @throws ModelRefusal where no provider takes the model */
  static async open({
    modelPath,
    threads,
    providers
  }: Pick<LoadMessage, 'modelPath' | 'threads' | 'providers'>): Promise<Session> {
    const worker = new Worker(entryBeside(import.meta.url, './sessionThread'))
    const answer = new Promise<FromSession>((resolve, reject) => {
      worker.once('message', (message) => resolve(fromSession.parse(message)))
      worker.once('error', reject)
    })
    worker.postMessage({ kind: 'open', modelPath, threads, providers } satisfies ToSession)
    const message = await answer
    if (message.kind === 'opened') return new Session(worker, message)
    await worker.terminate()
    throw openRefusal(message.kind === 'open-failed' ? message.message : 'the session thread answered out of turn')
  }

  /** How long the present run has taken; null where none is under way. */
  get computingMs(): number | null {
    return this.#computingSince === undefined ? null : performance.now() - this.#computingSince
  }

  /** @param run Its `data` is transferred, and comes back in the result. */
  run(run: Omit<RunMessage, 'kind' | 'id'>): Promise<RunResult> {
    const id = this.#nextId++
    this.#computingSince ??= performance.now()
    this.#worker.postMessage({ kind: 'run', id, ...run } satisfies ToSession, [run.data.buffer])
    return new Promise((resolve) => this.#waiting.set(id, resolve))
  }

  /** Ends the thread. Only while nothing runs: ending a thread that computes aborts the process. */
  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #receive(message: FromSession): void {
    if (message.kind !== 'ran' && message.kind !== 'run-failed') return
    const resolve = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    this.#computingSince = this.#waiting.size > 0 ? performance.now() : undefined
    resolve?.(message.kind === 'ran' ? message : { data: message.data, error: new Error(message.message) })
  }
}

/** Tells a file that no one can read from one that this version cannot run. */
function openRefusal(message: string): ModelRefusal {
  const words = message.replaceAll('\n', ' ').slice(0, 500)
  if (/opset|operator|not implemented|is not a registered|unsupported/i.test(message)) {
    return new ModelRefusal('MODEL_UNSUPPORTED', `ONNX Runtime cannot run this model: ${words}`)
  }
  if (/protobuf|INVALID_PROTOBUF|parse|INVALID_GRAPH|invalid model|Load model/i.test(message)) {
    return new ModelRefusal('MODEL_UNREADABLE', `ONNX Runtime cannot read this model: ${words}`)
  }
  return new ModelRefusal('ENGINE_FAULT', `the session could not be opened: ${words}`)
}
