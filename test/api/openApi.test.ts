import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { errorCodes, routes, type RouteContract } from '../../main/contract/index.ts'
import { TestHost } from '../helpers/testHost.ts'

const contracts: [string, RouteContract][] = Object.entries(routes)

/** What OpenAPI 3.1 asks of the parts that we use; everything else in them is allowed. */
const content = z.record(
  z.string().regex(/^[\w.+-]+\/[\w.+*-]+$/),
  z.looseObject({ schema: z.looseObject({}).optional() })
)
const parameter = z.looseObject({
  name: z.string(),
  in: z.enum(['query', 'path', 'header', 'cookie']),
  schema: z.looseObject({})
})
const operation = z.looseObject({
  operationId: z.string(),
  summary: z.string().min(1),
  tags: z.array(z.string()),
  parameters: z.array(parameter.refine((one) => one.in !== 'path' || one['required'] === true)).optional(),
  requestBody: z.looseObject({ content }).optional(),
  responses: z.record(
    z.string().regex(/^([1-5]\d\d|default)$/),
    z.looseObject({ description: z.string(), content: content.optional() })
  ),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional()
})
const openApi = z.looseObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(
    z.string().startsWith('/'),
    z.record(z.enum(['get', 'post', 'put', 'patch', 'delete', 'head']), operation).or(z.looseObject({}))
  ),
  components: z.looseObject({
    schemas: z.record(z.string(), z.looseObject({})),
    securitySchemes: z.record(z.string(), z.unknown())
  })
})

let test: TestHost
let text: string

beforeAll(async () => {
  test = await TestHost.start({ sampleFolder: null })
  text = await (await fetch(`${test.host.url}/openapi.json`)).text()
})
afterAll(() => test.remove())

function operationOf({ method, path }: RouteContract): z.infer<typeof operation> {
  const { paths } = openApi.parse(JSON.parse(text))
  const found: Record<string, unknown> = paths[path] ?? {}
  return operation.parse(found[method.toLowerCase()])
}

describe('/openapi.json', () => {
  it('is an OpenAPI 3.1 document', () => {
    expect(openApi.parse(JSON.parse(text)).info.title).toBe('Lineside')
  })

  it('holds every route of the contract under its name, with its errors, and no other', () => {
    for (const [name, route] of contracts) {
      const { operationId, responses, security } = operationOf(route)
      expect(operationId).toBe(name)
      const [token, key] = [{ token: [] }, { key: route.scope === undefined ? [] : [route.scope] }]
      const windows = route.scope === undefined ? [token] : [token, key]
      expect(security).toEqual(route.access === 'window' ? windows : [{}, key, token])
      for (const code of route.errors ?? []) expect(responses[errorCodes[code].status]?.description).toContain(code)
      expect(Object.keys(responses)).toContain(String(route.status ?? 200))
    }
    const { paths } = openApi.parse(JSON.parse(text))
    const operations = Object.values(paths).flatMap((methods) =>
      Object.keys(methods).filter((method) => method !== 'head')
    )
    expect(operations.length).toBe(contracts.length)
  })

  it('tells every path parameter', () => {
    for (const [, route] of contracts) {
      const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const told = (operationOf(route).parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name)
      expect(told.sort()).toEqual(named.sort())
    }
  })

  it('refers to nothing that is not there, and holds nothing that nobody refers to', () => {
    const { components } = openApi.parse(JSON.parse(text))
    const referred = new Set([...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name))
    expect([...referred].sort()).toEqual(Object.keys(components.schemas).sort())
    expect(text.match(/"\$ref":"(?!#\/components\/schemas\/)/g)).toBeNull()
  })

  it('tells every kind of body and of answer', () => {
    const bodies = operationOf(routes.predict).requestBody?.content ?? {}
    expect(Object.keys(bodies).sort()).toEqual([
      'application/json',
      'application/octet-stream',
      'image/*',
      'multipart/form-data'
    ])
    expect(Object.keys(operationOf(routes.sampleThumbnail).responses['200']?.content ?? {})).toEqual(['image/webp'])
  })
})

describe('/docs/api', () => {
  it('is served whole from here: neither page nor styles nor scripts name another server', async () => {
    const page = await (await fetch(`${test.host.url}/docs/api/`)).text()
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, link = '']) => new URL(link, `${test.host.url}/docs/api/`)
    )
    expect(files.length).toBeGreaterThan(3)
    for (const file of files) {
      expect(file.origin).toBe(test.host.url)
      const response = await fetch(file)
      expect({ status: response.status, isEmpty: (await response.bytes()).length === 0 }).toEqual({
        status: 200,
        isEmpty: false
      })
    }
  })
})
