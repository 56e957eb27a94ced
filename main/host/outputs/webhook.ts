import { ulid } from 'ulid'
import type { OutputTest, StoredOutput } from '../../contract/index.ts'
import { HttpPoster, type Posted } from './httpPost.ts'
import type { Attempt, Delivery, Sender } from './output.ts'
import { retryAfterMs } from './retryAfter.ts'
import { deliveryHeaders } from './signature.ts'
import { testAnswer } from './testAnswer.ts'
import { connectionWords, statusWords } from './troubleWords.ts'

type Tried = { posted: Posted } | { error: string }

/** Posts each result as JSON, signed where there is a secret (docs/webhook.md). */
export class Webhook implements Sender {
  readonly #setup: StoredOutput
  readonly #userAgent: string
  readonly #poster: HttpPoster

  constructor(setup: StoredOutput, version: string) {
    this.#setup = setup
    this.#userAgent = `Lineside/${version}`
    this.#poster = new HttpPoster(setup.url)
  }

  async send(delivery: Delivery, signal: AbortSignal): Promise<Attempt> {
    const tried = await this.#try(delivery, 'prediction', signal)
    return 'error' in tried ? { kind: 'again', error: tried.error, afterMs: null } : attemptOf(tried.posted)
  }

  async test(): Promise<OutputTest> {
    const began = performance.now()
    const body = Buffer.from(JSON.stringify(testAnswer()))
    const tried = await this.#try({ id: ulid(), body, attempt: 1 }, 'test', new AbortController().signal)
    const ms = performance.now() - began
    if ('error' in tried) return { ok: false, status: null, ms, message: tried.error }
    const { status } = tried.posted
    const ok = isSuccess(status)
    return { ok, status, ms, message: ok ? 'the receiver accepted the test message' : statusWords(tried.posted) }
  }

  close(): void {
    this.#poster.close()
  }

  async #try({ id, body, attempt }: Delivery, event: 'prediction' | 'test', signal: AbortSignal): Promise<Tried> {
    const { secret, timeoutMs } = this.#setup
    const headers = {
      'content-type': 'application/json',
      'user-agent': this.#userAgent,
      'lineside-event': event,
      'lineside-attempt': String(attempt),
      ...deliveryHeaders(id, Math.floor(Date.now() / 1000), body, secret)
    }
    try {
      return { posted: await this.#poster.post({ headers, body, timeoutMs, signal }) }
    } catch (error) {
      return { error: connectionWords(error, this.#poster.url) }
    }
  }
}

const isSuccess = (status: number) => status >= 200 && status < 300

/** What is tried again: a receiver that is slow (408), busy (429) or broken (5xx). All else will not change by itself. */
function attemptOf(posted: Posted): Attempt {
  const { status, retryAfter } = posted
  if (isSuccess(status)) return { kind: 'delivered' }
  const error = statusWords(posted)
  if (status !== 408 && status !== 429 && status < 500) return { kind: 'refused', error }
  return { kind: 'again', error, afterMs: retryAfterMs(retryAfter, Date.now()) }
}
