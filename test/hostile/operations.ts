import { z } from 'zod'

/** A JSON Schema as the document holds it; what is not read here does not matter to the suite. */
export interface Schema {
  $ref?: string | undefined
  type?: string | string[] | undefined
  enum?: unknown[] | undefined
  const?: unknown
  anyOf?: Schema[] | undefined
  oneOf?: Schema[] | undefined
  properties?: Record<string, Schema> | undefined
  required?: string[] | undefined
  items?: Schema | undefined
  additionalProperties?: Schema | boolean | undefined
  pattern?: string | undefined
  minimum?: number | undefined
  maximum?: number | undefined
}

const schema: z.ZodType<Schema> = z.lazy(() =>
  z.looseObject({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(schema).optional(),
    oneOf: z.array(schema).optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    // A tuple's rest is `false`.
    items: schema.optional().catch(undefined),
    additionalProperties: z.union([z.boolean(), schema]).optional(),
    pattern: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional()
  })
)

const operation = z.object({
  operationId: z.string().optional(),
  parameters: z.array(z.object({ in: z.string(), name: z.string(), schema })).default([]),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema })) }).optional()
})

const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) })
})

/** One method of one path. */
export interface Operation {
  name: string
  method: string
  /** With its parameters in braces. */
  path: string
  query: { name: string; schema: Schema }[]
  /** The schema of each kind of body that it takes, by media type. */
  bodies: Record<string, Schema>
}

/** Every operation of a host's own OpenAPI document, and how its references are followed. */
export async function readOperations(url: string): Promise<{ operations: Operation[]; resolve: Resolve }> {
  const { paths, components } = document.parse(await (await fetch(`${url}/openapi.json`)).json())
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, found]) => toOperation(method.toUpperCase(), path, found))
  )
  return { operations, resolve: (given) => (given.$ref ? (components.schemas[nameOf(given.$ref)] ?? {}) : given) }
}

export type Resolve = (schema: Schema) => Schema

function toOperation(method: string, path: string, found: z.infer<typeof operation>): Operation {
  const content = Object.entries(found.requestBody?.content ?? {})
  return {
    name: found.operationId ?? `${method} ${path}`,
    method,
    path,
    query: found.parameters.filter((parameter) => parameter.in === 'query'),
    bodies: Object.fromEntries(content.map(([type, { schema: one }]) => [type, one]))
  }
}

function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1)
}
