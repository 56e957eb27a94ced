import { z } from 'zod'

/** A ULID: 26 characters of Crockford's base 32, sorted by time of creation. */
export const id = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'must be an id of 26 characters')

/** ISO 8601 with milliseconds and offset, such as `2026-11-24T06:42:17.204+01:00`. */
export const timestamp = z.iso.datetime({ offset: true, precision: 3 })

/** An inference's name in URLs. */
export const slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters and digits, joined by single hyphens')

/** A name as a person types it: no line breaks, no blank ends. */
export const name = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(120, 'must have at most 120 characters')
  .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters')

/** A class's name, as in the model's file. */
export const className = z.string().min(1).max(200)

/** A probability or score, 0 to 1. */
export const unit = z.number().min(0).max(1)

/** What every list route answers; `next` is the key for the following page, null at the end. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

/** What a short list, answered whole, looks like. */
export function list<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item) })
}

/** The key and size of a page in a list's query. */
export const pageQuery = z.object({
  after: z.string().max(200).optional().meta({ description: 'The `next` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(200).default(60)
})

/** The four metadata keys that Lineside fills in itself. */
export const reservedMetadataKeys = ['timestamp', 'inference', 'run', 'model'] as const

/** Why a metadata key is refused; undefined where it is right. */
function keyProblem(key: string): string | undefined {
  if (key === '') return 'a metadata key must not be empty'
  if (key.length > 100) return 'a metadata key has at most 100 characters'
  if (!reservedMetadataKeys.some((reserved) => reserved === key)) return undefined
  return `the keys ${reservedMetadataKeys.join(', ')} are filled in by Lineside`
}

const metadataValue = z
  .union([z.string().max(2000), z.number(), z.boolean()])
  .transform((value) => String(value))
  .pipe(z.string())

/** Metadata as a setup or a request gives it: at most 50 keys; numbers and booleans become texts. */
export const givenMetadata = z
  .record(z.string().trim(), metadataValue)
  .refine((record) => Object.keys(record).length <= 50, 'at most 50 metadata keys')
  .superRefine((record, context) => {
    for (const key of Object.keys(record)) {
      const message = keyProblem(key)
      if (message) context.addIssue({ code: 'custom', path: [key], message })
    }
  })

/** Metadata as it is stored and answered: texts only, the default keys included. */
export const metadata = z.record(z.string(), z.string())

export type Metadata = z.infer<typeof metadata>
