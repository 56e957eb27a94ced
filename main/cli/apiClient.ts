import { problem, type AnswerOf, type Problem, type RequestOf, type RouteContract } from '../contract/index.ts'

/** A problem that the host answered. */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(given: Problem) {
    super(`${given.code}: ${given.detail}`)
    this.name = 'ApiProblem'
    this.problem = given
  }
}

interface Addressed {
  params?: unknown
  query?: unknown
}

/** Calls routes of the contract on a running host, with its token. */
export class ApiClient {
  readonly url: string
  readonly #token: string | undefined

  constructor(url: string, token?: string) {
    this.url = url
    this.#token = token
  }

  /** @throws ApiProblem; TypeError where the host cannot be reached. */
  async call<R extends RouteContract>(route: R, given: RequestOf<R>): Promise<AnswerOf<R>> {
    const { body }: { body?: unknown } = given
    return this.#answer(route, given, body === undefined ? null : JSON.stringify(body), 'application/json')
  }

  /** The same with a body that is not JSON, such as a picture as it is. */
  async send<R extends RouteContract>(
    route: R,
    given: Omit<RequestOf<R>, 'body'>,
    body: Uint8Array<ArrayBuffer> | FormData
  ): Promise<AnswerOf<R>> {
    return this.#answer(route, given, body)
  }

  async #answer<R extends RouteContract>(
    route: R,
    given: Addressed,
    body: string | Uint8Array<ArrayBuffer> | FormData | null,
    type?: string
  ): Promise<AnswerOf<R>> {
    const response = await fetch(this.url + fill(route.path, given.params) + search(given.query), {
      method: route.method,
      headers: { ...this.#authorization(), ...(body !== null && type !== undefined && { 'content-type': type }) },
      body
    })
    if (!response.ok) throw new ApiProblem(problem.parse(await response.json()))
    // AnswerOf<R> is what this route's own schema gives, or nothing where it has none.
    return (route.answer ? route.answer.parse(await response.json()) : undefined) as AnswerOf<R>
  }

  #authorization(): Record<string, string> {
    return this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }
  }
}

function fill(path: string, params: unknown): string {
  const values = new Map(Object.entries(params ?? {}))
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))))
}

function search(query: unknown): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) given.set(name, String(value))
  return given.size === 0 ? '' : `?${given.toString()}`
}
