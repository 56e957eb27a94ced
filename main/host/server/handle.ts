import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { HandlerResultOf, InvalidField, ParsedOf, RouteContract } from '../../contract/index.ts'
import { invalidFields } from '../refusal.ts'
import type { Access } from './access.ts'
import { deepJson } from './limits.ts'

/** Where routes are registered, and who may call them. */
export interface Api {
  app: FastifyInstance
  access: Access
}

/** What a handler gets: parsed by the contract. A route that takes other bodies too has none here; it reads its own. */
type Given<R extends RouteContract> = R extends { accepts: readonly string[] } ? Omit<ParsedOf<R>, 'body'> : ParsedOf<R>

/** Where a route answers files, its handler sends JSON too as it is. */
type Result<R extends RouteContract> = R extends { binary: readonly string[] }
  ? Readable | Uint8Array
  : HandlerResultOf<R>

/**
 * Registers a route of the contract: its path, who may call it, the check of what comes in and of what goes out.
 * The OpenAPI document reads the same contract (openApi.ts).
 */
export function handle<R extends RouteContract>(
  { app, access }: Api,
  contract: R,
  handler: (given: Given<R>, request: FastifyRequest, reply: FastifyReply) => Promise<Result<R>>
): void {
  app.route({
    method: contract.method,
    url: contract.path.replace(/\{(\w+)\}/g, ':$1'),
    schema: schemaOf(contract),
    onRequest: async (request) => access.require(request, contract),
    handler: async (request, reply) => {
      reply.code(contract.status ?? 200)
      const { params, query, body } = request
      // The validators above made these what the contract says; Fastify's types cannot know.
      return handler({ params, query, body } as Given<R>, request, reply)
    }
  })
}

/**
 * Parses what came from outside.
 * @throws Refusal INVALID_REQUEST that names each wrong field, under `root` where the value itself is wrong.
 */
export function parse<S extends z.ZodType>(schema: S, value: unknown, root: string): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw invalidFields(
    result.error.issues.map((issue): InvalidField => ({
      path: issue.path.join('.') || root,
      message: issue.message
    }))
  )
}

/**
 * Parses JSON text from outside.
 * @throws Refusal INVALID_REQUEST that names `root`.
 */
export function parseJson<S extends z.ZodType>(schema: S, text: string, root: string): z.output<S> {
  const refusal = deepJson(text)
  if (refusal) throw refusal
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const message = `must be JSON: ${error instanceof Error ? error.message : String(error)}`
    throw invalidFields([{ path: root, message }])
  }
  return parse(schema, value, root)
}

/** Makes answers what the contract says, whatever else the service's object held. */
export function serializerCompiler({ schema }: { schema: unknown }): (data: unknown) => string {
  if (!(schema instanceof z.ZodType)) throw new Error('a response schema must be a zod schema')
  return (data) => JSON.stringify(schema.parse(data))
}

function schemaOf(contract: RouteContract) {
  return {
    tags: [contract.tag],
    summary: contract.summary,
    ...(contract.description !== undefined && { description: contract.description }),
    ...(contract.params && { params: contract.params }),
    ...(contract.query && { querystring: contract.query }),
    ...(contract.body && !contract.accepts && { body: contract.body }),
    ...(contract.answer && !contract.binary && { response: answersOf(contract, contract.answer) })
  }
}

/** The schema of each status that carries an answer. */
export function answersOf({ status = 200, otherStatus }: RouteContract, answer: z.ZodType): Record<number, z.ZodType> {
  return { [status]: answer, ...(otherStatus !== undefined && { [otherStatus]: answer }) }
}
