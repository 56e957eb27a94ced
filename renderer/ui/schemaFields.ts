import { z } from 'zod'

/** A field of a schema as a form shows it: what it takes, its range, its default and its help. */
export interface FieldDescription {
  key: string
  title: string
  help: string
  initial: number | boolean | string | undefined
  input:
    | { kind: 'number'; min: number | undefined; max: number | undefined; whole: boolean }
    | { kind: 'switch' }
    | { kind: 'text' }
    | { kind: 'choice'; options: string[] }
}

/** The fields of an object's schema, in its order; those of a kind that no form shows are left out. */
export function describeFields(schema: z.ZodObject): FieldDescription[] {
  return Object.entries(schema.shape).flatMap(([key, field]) => {
    const inner = innermost(field)
    const input = inputOf(inner)
    if (!input) return []
    const { title = key, description = '' } = metaOf(field)
    return [{ key, title, help: description, initial: defaultOf(field), input }]
  })
}

const scalar = z.union([z.number(), z.boolean(), z.string()]).optional()

function innermost(field: unknown): unknown {
  return field instanceof z.ZodDefault || field instanceof z.ZodOptional ? innermost(field.unwrap()) : field
}

function inputOf(field: unknown): FieldDescription['input'] | null {
  if (field instanceof z.ZodNumber) {
    const range = { min: finite(field.minValue), max: finite(field.maxValue) }
    return { kind: 'number', ...range, whole: field.format === 'safeint' }
  }
  if (field instanceof z.ZodBoolean) return { kind: 'switch' }
  if (field instanceof z.ZodString) return { kind: 'text' }
  return field instanceof z.ZodEnum ? { kind: 'choice', options: field.options.map(String) } : null
}

const finite = (value: number | null) =>
  value !== null && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined

const metaOf = (field: unknown) => (field instanceof z.ZodType ? (field.meta() ?? {}) : {})

function defaultOf(field: unknown) {
  return field instanceof z.ZodType ? scalar.safeParse(field.safeParse(undefined).data).data : undefined
}
