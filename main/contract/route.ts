import type { z } from 'zod'
import type { ErrorCode } from './errors.ts'
import type { KeyScope } from './keys.ts'

/**
 * One route of the API. The server's validation, the OpenAPI document and the window's client all come from it.
 * `access`: `line` needs no key unless keys are required; `window` needs the session cookie or `Authorization: Bearer`
 * with the host's token. `scope`: what an API key must have, which then opens the window's route too.
 * `accepts`: kinds of body beside JSON. `binary`: the answer is a file; with an `answer` too it is one or the other.
 * `otherStatus`: a second status that carries the same answer.
 */
export interface RouteContract {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: `/${string}`
  access: 'line' | 'window'
  scope?: KeyScope
  tag: string
  summary: string
  description?: string
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  accepts?: readonly ('image' | 'multipart' | 'tensors')[]
  status?: 200 | 201 | 202 | 204
  otherStatus?: 503
  answer?: z.ZodType
  binary?: readonly string[]
  errors?: readonly ErrorCode[]
}

/** Keeps a route's exact types. */
export function route<const R extends RouteContract>(contract: R): R {
  return contract
}

type InputOf<T> = T extends z.ZodType ? z.input<T> : undefined
type OutputOf<T> = T extends z.ZodType ? z.output<T> : undefined

type Given<K extends string, T> = [T] extends [undefined]
  ? { [P in K]?: undefined }
  : Record<string, never> extends T
    ? { [P in K]?: T }
    : { [P in K]: T }

/** What a client gives to a route; parts with defaults may be left out. */
export type RequestOf<R extends RouteContract> = Given<'params', InputOf<R['params']>> &
  Given<'query', InputOf<R['query']>> &
  Given<'body', InputOf<R['body']>>

/** What a client gets from a route. */
export type AnswerOf<R extends RouteContract> = R['answer'] extends z.ZodType ? z.output<R['answer']> : undefined

/** What a handler on the server gets of a request, parsed. */
export interface ParsedOf<R extends RouteContract> {
  params: OutputOf<R['params']>
  query: OutputOf<R['query']>
  body: OutputOf<R['body']>
}

/** What a handler on the server returns. */
export type HandlerResultOf<R extends RouteContract> = R['answer'] extends z.ZodType ? z.input<R['answer']> : void
