import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { errorCodes, problem } from '../../main/contract/index.ts'
import type { HostileRequest } from './requests.ts'

/** An answer, judged. */
export interface Answered {
  /** A status or a problem's code. */
  outcome: string
  ms: number
  body: unknown
  /** Why this must not be; null where all is well. */
  defect: string | null
}

/** Sends requests as they stand, several on one connection, and judges what comes. */
export class HostileClient {
  readonly #url: URL
  readonly #patienceMs: number
  readonly #agent = new Agent({ keepAlive: true })

  /** @param patienceMs What takes longer counts as a hang. */
  constructor(url: string, patienceMs: number) {
    this.#url = new URL(url)
    this.#patienceMs = patienceMs
  }

  async send(given: HostileRequest): Promise<Answered> {
    const began = performance.now()
    try {
      const { status, type, text } = await this.#exchange(given)
      const body = parsed(text)
      return { ...judge(given, status, type, body), body, ms: performance.now() - began }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      const ms = performance.now() - began
      // A request that cannot be HTTP may end with its connection; one that takes too long may not.
      const isHang = why.includes('in vain')
      return { outcome: isHang ? 'hang' : 'cut off', ms, body: undefined, defect: isHang ? why : null }
    }
  }

  close(): void {
    this.#agent.destroy()
  }

  #exchange({ method, path, headers, body }: HostileRequest): Promise<{ status: number; type: string; text: string }> {
    const { hostname, port } = this.#url
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': body.length }
      const options = { hostname, port, method, path, agent: this.#agent, headers: { ...headers, ...length } }
      const sent = request(options, (response) => {
        const type = response.headers['content-type'] ?? ''
        buffer(response).then(
          (all) =>
            resolve({ status: response.statusCode ?? 0, type, text: type.includes('json') ? all.toString() : '' }),
          reject
        )
      })
      sent.setTimeout(this.#patienceMs, () => sent.destroy(new Error(`waited ${this.#patienceMs} ms in vain`)))
      sent.on('error', reject)
      sent.end(body)
    })
  }
}

function parsed(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text)
}

/** Every refusal is a problem whose code stands in the table with its status; a defect of the host is none of them. */
function judge({ method, path }: HostileRequest, status: number, type: string, body: unknown) {
  if (status < 400 || method === 'HEAD') return { outcome: String(status), defect: null }
  const found = problem.safeParse(body).data
  if (!found || !type.startsWith('application/problem+json')) {
    // The Open Inference Protocol has refusals of its own form.
    const isProtocols = path.startsWith('/v2') && status !== 500
    return {
      outcome: String(status),
      defect: isProtocols ? null : `${status} without a problem: ${path.slice(0, 200)}`
    }
  }
  const { code, detail } = found
  if (code === 'INTERNAL') return { outcome: code, defect: `INTERNAL: ${detail}` }
  const isRight = errorCodes[code].status === status && found.status === status
  return { outcome: code, defect: isRight ? null : `${code} came with status ${status}` }
}
