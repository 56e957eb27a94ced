import { problem, type AnswerOf, type Problem, type RequestOf, type RouteContract } from '../../main/contract/index.ts'

/** The host refused: a problem of the contract with its stable code. */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(answered: Problem) {
    super(answered.detail)
    this.name = 'ApiProblem'
    this.problem = answered
  }
}

/** No answer at all: the host is not running or cannot be reached. */
export class HostAway extends Error {
  constructor(cause: unknown) {
    super('The host does not answer.', { cause })
    this.name = 'HostAway'
  }
}

interface Parts {
  params?: unknown
  query?: unknown
  body?: unknown
}

/**
 * Calls a route with a JSON body, or none, and gives its parsed answer.
 * @throws ApiProblem where the host refuses, HostAway where nothing answers.
 */
export function call<R extends RouteContract>(route: R, parts: RequestOf<R>, signal?: AbortSignal) {
  const { body } = parts as Parts
  const init: RequestInit = body === undefined ? {} : { body: JSON.stringify(body), headers: jsonHeaders }
  return request(route, parts, signal ? { ...init, signal } : init)
}

/** Calls a route with a file or form as its body. Throws as `call` does. */
export function upload<R extends RouteContract>(
  route: R,
  parts: Omit<RequestOf<R>, 'body'>,
  body: Blob | FormData,
  signal?: AbortSignal
) {
  return request(route, parts, signal ? { body, signal } : { body })
}

/** A file that a route answers. Throws as `call` does. */
export async function fileOf<R extends RouteContract>(
  route: R,
  parts: Omit<RequestOf<R>, 'body'>,
  signal?: AbortSignal
): Promise<Blob> {
  const response = await fetched(pathOf(route, parts), signal ? { signal } : {})
  if (!response.ok) throw new ApiProblem(problemOf(response, await response.text()))
  return response.blob()
}

/** A route's path on this origin, with its parameters and query filled in. */
export function pathOf(route: RouteContract, parts: { params?: unknown; query?: unknown }) {
  const params = textsOf(parts.params)
  const path = route.path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
  const query = new URLSearchParams(textsOf(parts.query)).toString()
  return query ? `${path}?${query}` : path
}

const jsonHeaders = { 'content-type': 'application/json' }

async function request<R extends RouteContract>(route: R, parts: Parts, init: RequestInit): Promise<AnswerOf<R>> {
  const response = await fetched(pathOf(route, parts), { ...init, method: route.method })
  const text = await response.text()
  if (!response.ok) throw new ApiProblem(problemOf(response, text))
  const answer = route.answer ? route.answer.parse(JSON.parse(text)) : undefined
  return answer as AnswerOf<R>
}

async function fetched(path: string, init: RequestInit) {
  try {
    return await fetch(path, init)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new HostAway(cause)
  }
}

function problemOf(response: Response, text: string): Problem {
  const parsed = problem.safeParse(jsonOf(text))
  if (parsed.success) return parsed.data
  const title = response.statusText || `Status ${response.status}`
  return { type: 'about:blank', title, status: response.status, code: 'INTERNAL', detail: title }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function textsOf(values: unknown): Record<string, string> {
  const given = Object.entries(values ?? {}).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([key, value]) => [key, String(value)]))
}
