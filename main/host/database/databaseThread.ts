import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { DatabaseError } from './databaseError.ts'
import type { OpenedMessage, ThreadAnswer, ThreadAnswers, ThreadRequest } from './threadMessages.ts'

/** The host's end of a database thread: sends bodies, gives each its answer. */
export class DatabaseThread<Body, Value> {
  readonly #worker: Worker
  readonly #pending = new Map<number, PromiseWithResolvers<Value>>()
  readonly #exited: Promise<unknown>
  #lastId = 0
  #groups = 0
  #gone: Error | null = null
  readonly note: string | null

  private constructor(worker: Worker, note: string | null) {
    this.#worker = worker
    this.note = note
    worker.on('message', (answers: ThreadAnswers<Value>) => this.#settleAll(answers))
    worker.on('error', (error: Error) => this.#fail(error))
    this.#exited = once(worker, 'exit').then(() => this.#fail(new Error('the database is closed')))
  }

  /** @throws DatabaseError where the thread cannot open the database */
  static async start<Body, Value>(entry: URL, name: string, file: string): Promise<DatabaseThread<Body, Value>> {
    const worker = new Worker(entry, { name, workerData: { file }, execArgv: [] })
    const opened = await firstMessage(worker)
    if (!opened.error) return new DatabaseThread<Body, Value>(worker, opened.note)
    await worker.terminate()
    throw new DatabaseError(opened.error)
  }

  /** Bodies that are not answered yet. */
  get waiting(): number {
    return this.#pending.size
  }

  /** Messages with answers so far: for the writer, transactions. */
  get groups(): number {
    return this.#groups
  }

  /** @throws DatabaseError with SQLite's code */
  call(body: Body): Promise<Value> {
    if (this.#gone) return Promise.reject(this.#gone)
    const id = ++this.#lastId
    const answer = Promise.withResolvers<Value>()
    this.#pending.set(id, answer)
    this.#worker.postMessage({ id, body } satisfies ThreadRequest<Body>)
    return answer.promise
  }

  /** Answers what was given, then ends the thread. */
  async close(): Promise<void> {
    if (!this.#gone) {
      this.#gone = new Error('the database is closed')
      this.#worker.postMessage(null)
    }
    await this.#exited
  }

  #settleAll(answers: ThreadAnswers<Value>): void {
    this.#groups += 1
    for (const answer of answers) this.#settle(answer)
  }

  #settle(answer: ThreadAnswer<Value>): void {
    const waiting = this.#pending.get(answer.id)
    this.#pending.delete(answer.id)
    if ('error' in answer) waiting?.reject(new DatabaseError(answer.error))
    else waiting?.resolve(answer.value)
  }

  #fail(error: Error): void {
    this.#gone ??= error
    for (const waiting of this.#pending.values()) waiting.reject(error)
    this.#pending.clear()
  }
}

/** Rejects where the thread fails before its first message. */
async function firstMessage(worker: Worker): Promise<OpenedMessage> {
  const messages = once(worker, 'message') as Promise<[OpenedMessage]>
  return (await messages)[0]
}
