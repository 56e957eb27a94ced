import { z } from 'zod'
import { id, name, timestamp } from './primitives.ts'
import { outcome } from './verdict.ts'

/** F13c. Which results an output is given: all, or those with one of these outcomes. */
export const outputCondition = z.union(
  [z.literal('all'), z.strictObject({ verdicts: z.array(outcome).min(1, 'must name at least one outcome') })],
  { error: 'must be "all" or the outcomes of which it is told, such as { "verdicts": ["NG"] }' }
)
export type OutputCondition = z.infer<typeof outputCondition>

/** An address of http or https. Its host may be any that this workstation reaches, those of its own network too. */
const webhookUrl = z
  .string()
  .trim()
  .max(2000, 'must have at most 2000 characters')
  .regex(/^https?:\/\//i, 'must begin with http:// or https://')
  .regex(/^[^/]*\/\/[^/?#@]*([/?#]|$)/, 'must hold no user name and no password')
  .pipe(z.url('must be a whole address such as http://192.168.0.20:8080/result'))

/** Signs what is sent; `whsec_` and base64 as in Standard Webhooks, or any text. */
const secret = z
  .string()
  .min(16, 'must have at least 16 characters')
  .max(200, 'must have at most 200 characters')
  .regex(/^[\x21-\x7e]*$/, 'must have only letters, digits and signs of ASCII, without spaces')
  .refine((text) => !text.startsWith('whsec_') || isBase64(text.slice(6)), 'must be base64 after “whsec_”')

const isBase64 = (text: string) => z.base64().safeParse(text).success && text.length >= 16

const webhookParts = {
  kind: z.literal('webhook'),
  name: name.meta({ description: 'Unique among the outputs of the setup.' }),
  url: webhookUrl,
  when: outputCondition.default('all'),
  masks: z.enum(['polygon', 'none']).default('none'),
  timeoutMs: z.int().min(100).max(60_000).default(5000).meta({
    title: 'Time limit',
    description: 'A receiver that takes longer is tried again.'
  }),
  queue: z.int().min(1).max(10_000).default(500).meta({
    title: 'Queue length',
    description: 'Results that may wait while the receiver is away; the oldest is dropped for the newest.'
  }),
  maxAgeSeconds: z.int().min(1).max(86_400).default(60).meta({
    title: 'Given up after',
    description: 'An older result is not sent any more: its part has left the line.'
  })
}

const newWebhook = z.strictObject({
  ...webhookParts,
  id: id.optional().meta({ description: 'Of an output that is there already; left out for a new one.' }),
  secret: secret.nullable().optional().meta({
    description: 'Never answered. Left out: the stored one stays; null: what is sent is not signed.'
  }),
  hasSecret: z.boolean().default(false).meta({ description: 'As it was read; says that a stored secret is to stay.' })
})

const webhookView = z.object({ ...webhookParts, id, hasSecret: z.boolean() })

/** An output as a client gives it. */
export const newOutput = z.discriminatedUnion('kind', [newWebhook])
export type NewOutput = z.infer<typeof newOutput>

/** An output as it is read: without its secret. */
export const output = z.discriminatedUnion('kind', [webhookView])
export type Output = z.infer<typeof output>

/** As it is stored, and never answered. */
export const storedOutput = z.discriminatedUnion('kind', [webhookView.extend({ secret: z.string().nullable() })])
export type StoredOutput = z.infer<typeof storedOutput>

/** How an output of a run stands. */
export const outputHealth = z
  .object({
    id,
    name: z.string(),
    kind: z.enum(['webhook']),
    state: z.enum(['idle', 'ok', 'failing']).meta({ description: '`idle`: nothing was sent yet.' }),
    failingSince: timestamp.nullable(),
    lastError: z.string().nullable(),
    nextTryAt: timestamp.nullable(),
    queued: z.int(),
    delivered: z.int(),
    failed: z.int().meta({ description: 'Refused by the receiver for good.' }),
    dropped: z.int().meta({ description: 'Too old, or too many, or left when the run ended.' })
  })
  .meta({ id: 'OutputHealth' })
export type OutputHealth = z.infer<typeof outputHealth>

/** What *Test connection* found. */
export const outputTest = z
  .object({
    ok: z.boolean(),
    status: z.int().nullable().meta({ description: 'The HTTP status, where there was an answer.' }),
    ms: z.number(),
    message: z.string().meta({ description: 'In plain words: what happened, and what to do.' })
  })
  .meta({ id: 'OutputTest' })
export type OutputTest = z.infer<typeof outputTest>
