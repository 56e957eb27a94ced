import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

/** What a receiver answered; its body is read and forgotten. */
export interface Posted {
  status: number
  retryAfter: string | undefined
  location: string | undefined
}

/** No answer came within the time limit. */
export class NoAnswerInTime extends Error {}

interface Post {
  headers: Record<string, string>
  body: Uint8Array
  timeoutMs: number
  signal: AbortSignal
}

const mostAnswerBytes = 64 * 1024

/**
 * Posts to one address over one connection that is kept open. Redirects are answers like others. Node's own client and
 * no `fetch`: the connection is this output's and goes with it, any port may be used, and no header is added.
 */
export class HttpPoster {
  readonly #url: URL
  readonly #agent: HttpAgent | HttpsAgent

  constructor(url: string) {
    this.#url = new URL(url)
    const options = { keepAlive: true, maxSockets: 1 }
    this.#agent = this.#isSecure ? new HttpsAgent(options) : new HttpAgent(options)
  }

  get url(): URL {
    return this.#url
  }

  /** @throws Error as Node's HTTP client does, `NoAnswerInTime` */
  async post(given: Post): Promise<Posted> {
    const timeout = AbortSignal.timeout(given.timeoutMs)
    const signal = AbortSignal.any([given.signal, timeout])
    try {
      return await this.#fresh({ ...given, signal })
    } catch (error) {
      throw timeout.aborted ? new NoAnswerInTime(`no answer within ${given.timeoutMs} ms`) : error
    }
  }

  close(): void {
    this.#agent.destroy()
  }

  get #isSecure(): boolean {
    return this.#url.protocol === 'https:'
  }

  /** A kept connection may have been closed at its other end just now; then a new one is taken. */
  async #fresh(given: Post): Promise<Posted> {
    const first = this.#once(given)
    try {
      return await first.answered
    } catch (error) {
      if (!first.request.reusedSocket || given.signal.aborted) throw error
      return this.#once(given).answered
    }
  }

  #once({ headers, body, signal }: Post): { request: ClientRequest; answered: Promise<Posted> } {
    const options = {
      method: 'POST',
      agent: this.#agent,
      signal,
      headers: { ...headers, 'content-length': body.length }
    }
    const request = this.#isSecure ? httpsRequest(this.#url, options) : httpRequest(this.#url, options)
    const answered = new Promise<Posted>((resolve, reject) => {
      request.on('error', reject)
      request.on('response', (response) => void readAway(response).then(() => resolve(postedOf(response))))
    })
    request.end(body)
    return { request, answered }
  }
}

/** Reads an answer to its end, so that the connection can be used again; a long one costs the connection. */
async function readAway(response: IncomingMessage): Promise<void> {
  let bytes = 0
  try {
    for await (const part of response) {
      bytes += Buffer.isBuffer(part) ? part.length : 0
      if (bytes > mostAnswerBytes) return
    }
  } catch {
    // The status has come; how the rest ends does not matter.
  }
}

function postedOf({ statusCode = 0, headers }: IncomingMessage): Posted {
  return { status: statusCode, retryAfter: headers['retry-after'], location: headers.location }
}
