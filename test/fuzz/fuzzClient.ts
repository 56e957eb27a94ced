import { problem, type Problem } from '../../main/contract/index.ts'

/** An answer, judged: `outcome` is `200` or a problem's code. */
export interface Judged {
  outcome: string
  ms: number
  body: unknown
  /** Why this must not be; null where all is well. */
  defect: string | null
}

/** Calls a host and judges the answers: no hang, no 5xx but those of the table. */
export class FuzzClient {
  readonly #url: string
  readonly #token: string
  readonly #patienceMs: number

  /** @param patienceMs What takes longer counts as a hang. */
  constructor(url: string, token: string, patienceMs: number) {
    this.#url = url
    this.#token = token
    this.#patienceMs = patienceMs
  }

  async send(method: string, path: string, body?: unknown): Promise<Judged> {
    const began = performance.now()
    const spent = () => performance.now() - began
    try {
      const response = await fetch(this.#url + path, {
        method,
        headers: { authorization: `Bearer ${this.#token}`, ...typeOf(body) },
        body: body === undefined ? null : asBody(body),
        signal: AbortSignal.timeout(this.#patienceMs)
      })
      const { value, found } = await read(response)
      return {
        ms: spent(),
        body: value,
        outcome: found?.code ?? String(response.status),
        defect: defectOf(response, found)
      }
    } catch (error) {
      const defect = `no answer to ${method} ${path}: ${reasonOf(error)}`
      return { ms: spent(), body: undefined, outcome: 'no answer', defect }
    }
  }
}

/** What `fetch` throws has its reason as its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : `${error.name}: ${error.message}`
}

function typeOf(body: unknown): Record<string, string> {
  if (body === undefined || body instanceof FormData) return {}
  return { 'content-type': body instanceof Uint8Array ? 'application/octet-stream' : 'application/json' }
}

function asBody(body: unknown): BodyInit {
  if (body instanceof FormData) return body
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body)
}

async function read(response: Response): Promise<{ value: unknown; found: Problem | null }> {
  const type = response.headers.get('content-type') ?? ''
  if (!type.includes('json')) {
    await response.arrayBuffer()
    return { value: undefined, found: null }
  }
  const value: unknown = await response.json()
  return { value, found: type.startsWith('application/problem+json') ? problem.parse(value) : null }
}

function defectOf(response: Response, found: Problem | null): string | null {
  if (response.status < 400) return null
  if (!found) return `${response.status} without a problem`
  return found.code === 'INTERNAL' ? `INTERNAL: ${found.detail}` : null
}
