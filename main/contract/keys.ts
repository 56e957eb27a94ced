import { z } from 'zod'
import { id, name, timestamp } from './primitives.ts'

/** What a key opens (F23): `predict` the requests of pictures, `control` start, stop, model, record the next. */
export const keyScope = z.enum(['predict', 'control'])
export type KeyScope = z.infer<typeof keyScope>

const scopes = z.array(keyScope).min(1, 'at least one scope is needed').max(keyScope.options.length)

/** What a key is created with. */
export const newKey = z.strictObject({ name, scopes: scopes.default(['predict']) }).meta({ id: 'NewKey' })
export type NewKey = z.infer<typeof newKey>

/** A key as it is listed. What it is sent as is not kept, only its hash. */
export const key = z.object({ id, name, scopes, createdAt: timestamp }).meta({ id: 'Key' })
export type Key = z.infer<typeof key>

/** The answer to its creation. */
export const createdKey = key
  .extend({ secret: z.string().meta({ description: 'What is sent as `Authorization: Bearer …`. Shown this once.' }) })
  .meta({ id: 'CreatedKey' })
export type CreatedKey = z.infer<typeof createdKey>
