import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answersOf } from './handle.ts'
import { isProtocol } from './problems.ts'
import { errorCodes, routes, type ErrorCode, type RouteContract } from '../../contract/index.ts'

const problemReference = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
const protocolError = { 'application/json': { schema: { $ref: '#/components/schemas/V2Error' } } }

/** What any route may answer, so that each route names only its own. */
export const commonErrors: readonly ErrorCode[] = ['INVALID_REQUEST', 'FORBIDDEN_ORIGIN', 'WRONG_HOST', 'INTERNAL']

const tags = [
  {
    name: 'line',
    description: 'For the line’s software; no key is needed on this workstation unless keys are required.'
  },
  { name: 'protocol', description: 'The Open Inference Protocol, version 2, for clients of KServe and Triton.' },
  { name: 'health', description: 'For whatever watches over the workstation.' },
  { name: 'projects', description: 'What is inspected.' },
  { name: 'models', description: 'Trained models of a project.' },
  { name: 'inferences', description: 'Setups and their runs.' },
  { name: 'outputs', description: 'Where results are sent on to.' },
  { name: 'data', description: 'Runs, imports and recorded samples.' },
  { name: 'telemetry', description: 'Logs, health, figures over time, and diagnostics for whoever helps.' },
  { name: 'settings', description: 'Lineside and its workstation.' },
  { name: 'keys', description: 'API keys of line software.' }
]

const contracts: readonly RouteContract[] = Object.values(routes)
const contractsByOperation = new Map(contracts.map((route) => [`${route.method} ${route.path}`, route]))

/** The OpenAPI 3.1 document at `/openapi.json` and, for people, offline at `/docs/api`. Register it before the routes. */
export async function addDocumentation(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Lineside', version, description: 'Predictions of trained vision models beside the line.' },
      tags,
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'The token in host.json of the data folder.' },
          key: {
            ...{ type: 'http', scheme: 'bearer' },
            description: 'An API key of the settings; the line’s routes need one only where keys are required.'
          }
        }
      }
    },
    transform: (document) => {
      const route = contractOf(document.route.method, document.url)
      return route ? describe(route, document) : { schema: { ...document.schema, hide: true }, url: document.url }
    },
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document))
  })
  await app.register(swaggerUi, { routePrefix: '/docs/api', theme: { title: 'Lineside API' } })
  app.get('/openapi.json', async () => app.swagger())
}

type Document = Parameters<typeof jsonSchemaTransform>[0]

function describe(route: RouteContract, document: Document) {
  const { schema, url } = jsonSchemaTransform({
    ...document,
    schema: {
      ...document.schema,
      ...(route.body && { body: route.body }),
      ...(route.answer && { response: answersOf(route, route.answer) })
    }
  })
  return {
    url,
    schema: {
      ...schema,
      operationId: operationId(route),
      security: securityOf(route),
      ...(route.accepts && { body: { content: bodies(route, schema.body) } }),
      response: { ...responses(route, schema.response), ...problems(route) }
    }
  }
}

function contractOf(method: string | string[], url: string): RouteContract | undefined {
  return contractsByOperation.get(`${String(method)} ${url.replace(/:(\w+)/g, '{$1}')}`)
}

const withSchemas = z.looseObject({ components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }) })

/** Every named schema comes as it is sent and as it is answered; only those that something refers to are kept. */
function withoutUnused(document: object): object {
  const parsed = withSchemas.parse(document)
  const { schemas } = parsed.components
  const text = JSON.stringify(parsed)
  const used = Object.entries(schemas).filter(([name]) => text.includes(`"#/components/schemas/${name}"`))
  if (used.length === Object.keys(schemas).length) return parsed
  return withoutUnused({ ...parsed, components: { ...parsed.components, schemas: Object.fromEntries(used) } })
}

function operationId(route: RouteContract): string {
  return Object.entries(routes).find(([, value]) => value === route)?.[0] ?? route.path
}

/** Every kind of body that a route takes. A form has `image` and `metadata`, or `file`, `data` and `spec`. */
function bodies(route: RouteContract, json: unknown) {
  if (route.accepts?.includes('tensors')) {
    return { 'application/json': { schema: json }, 'application/octet-stream': { schema: {} } }
  }
  const takesImages = route.accepts?.includes('image') === true
  const file = { type: 'string', contentMediaType: 'application/octet-stream' }
  const [filePart, textPart] = takesImages ? ['image', 'metadata'] : ['file', 'spec']
  const form = {
    type: 'object',
    required: [filePart],
    properties: {
      [filePart]: file,
      ...(!takesImages && { data: { type: 'array', items: file } }),
      [textPart]: { type: 'string', contentMediaType: 'application/json' }
    }
  }
  return {
    ...(takesImages && { 'image/*': { schema: {} }, 'application/octet-stream': { schema: {} } }),
    'multipart/form-data': { schema: form },
    ...(route.body && { 'application/json': { schema: json } })
  }
}

function responses(route: RouteContract, described: unknown): Record<string, unknown> {
  const status = route.status ?? 200
  const files = Object.fromEntries((route.binary ?? []).map((type) => [type, { schema: {} }]))
  if (route.binary && !route.answer) return { [status]: { description: 'The file', content: files } }
  if (!route.answer) return { [status]: { type: 'null', description: 'Done' } }
  const schemas = z.record(z.string(), z.looseObject({})).parse(described)
  const answers = Object.entries(schemas).map(([each, schema]) => {
    const description = each === String(status) ? 'Done' : 'Not yet'
    return [each, { description, content: { 'application/json': { schema }, ...files } }] as const
  })
  return Object.fromEntries(answers)
}

/** What may be sent instead of the session's cookie; `{}` is nothing at all. A key needs the route's scope. */
function securityOf({ access, scope }: RouteContract): Record<string, string[]>[] {
  const key = { key: scope === undefined ? [] : [scope] }
  if (access === 'line') return [{}, key, { token: [] }]
  return scope === undefined ? [{ token: [] }] : [{ token: [] }, key]
}

/** One answer for each status, with the codes that it may carry. */
function problems(route: RouteContract): Record<number, unknown> {
  const takesKeys = route.access === 'line' && route.scope === undefined
  const session: ErrorCode[] = takesKeys ? ['UNAUTHENTICATED'] : ['UNAUTHENTICATED', 'FORBIDDEN_SCOPE']
  const byStatus = Map.groupBy(
    [...commonErrors, ...session, ...(route.errors ?? [])],
    (code) => errorCodes[code].status
  )
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: [...new Set(codes)].map((code) => `\`${code}\`: ${errorCodes[code].title}`).join('; '),
        content: isProtocol(route.path) ? protocolError : problemReference
      }
    ])
  )
}
