import { z } from 'zod'
import { className, givenMetadata, id, name, slug, unit } from './primitives.ts'
import { parameters } from './families.ts'
import { newOutput, output, storedOutput } from './outputs.ts'
import { verdictSetup } from './verdict.ts'

/** When a run ends by itself (F6). */
export const shutdown = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('never') }),
  z.object({ kind: z.literal('idle'), minutes: z.number().int().min(1).max(10_080) }),
  z.object({ kind: z.literal('after'), hours: z.number().positive().max(8760) }),
  z.object({
    kind: z.literal('at'),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:00')
  })
])

/** F6. `threads` has no constant default: half of the cores, at least one and at most four, fixed when it is created. */
export const generalSetup = z.object({
  shutdown: shutdown.default({ kind: 'never' }),
  gpu: z.boolean().default(true).meta({ title: 'Use the GPU', description: 'Where there is none, the CPU computes.' }),
  instances: z.number().int().min(1).max(32).default(1).meta({
    title: 'Instances',
    description: 'How many copies of the model answer at the same time.'
  }),
  threads: z.number().int().min(1).max(64).optional().meta({
    title: 'CPU threads of each instance',
    description: 'The sum over all running instances is best at or below the number of cores.'
  }),
  largestBatch: z.number().int().min(1).max(64).default(1).meta({
    title: 'Largest batch',
    description:
      'So many waiting pictures are computed together, where the model takes several at a time; 1 is one by one.'
  }),
  batchWaitMs: z.number().int().min(0).max(1000).default(0).meta({
    title: 'Longest wait for a batch',
    description:
      'How long a picture waits for others while nothing is computed. While something is, they gather anyway.'
  }),
  memoryLimitMb: z.number().int().min(64).max(1_048_576).optional().meta({
    title: 'Memory limit of each instance',
    description: 'In MB; one that grows beyond it is replaced. Absent: by what the instance used when it was ready.'
  }),
  queue: z.number().int().min(1).max(10_000).default(32).meta({
    title: 'Queue length',
    description: 'Requests that may wait; more are refused at once with 429.'
  }),
  deadlineMs: z.number().int().min(10).max(600_000).default(10_000).meta({
    title: 'Deadline',
    description: 'A request that cannot be answered within this time is refused with 504.'
  })
})

/** A named rule on a detection's or region's area in px of the original image; inclusive at both ends. */
export const sizeThreshold = z
  .object({
    name,
    classes: z.array(className).min(1),
    operator: z.enum(['between', 'gte', 'lte']),
    value: z.number().int().positive(),
    secondValue: z.number().int().positive().optional(),
    metadata: givenMetadata.default({}),
    includeInSampling: z.boolean().default(false)
  })
  .refine((rule) => (rule.operator === 'between') === (rule.secondValue !== undefined), {
    message: 'a second value belongs to “is between”, and only to it',
    path: ['secondValue']
  })
  .refine((rule) => rule.secondValue === undefined || rule.secondValue > rule.value, {
    message: 'must be higher than the first value',
    path: ['secondValue']
  })

export type SizeThreshold = z.infer<typeof sizeThreshold>

/** Whether something of this class and area meets a size threshold; what has no mask meets none. */
export function meetsThreshold(
  { class: name, mask }: { class: string; mask?: { areaPx: number } | undefined },
  rule: Pick<SizeThreshold, 'classes' | 'operator' | 'value' | 'secondValue'>
): boolean {
  return mask !== undefined && rule.classes.includes(name) && isInRange(mask.areaPx, rule)
}

/** Whether an area in px lies in a size threshold's range, ends included, whatever its class. */
export function isInRange(
  areaPx: number,
  { operator, value, secondValue = Infinity }: Pick<SizeThreshold, 'operator' | 'value' | 'secondValue'>
): boolean {
  if (operator === 'lte') return areaPx <= value
  return areaPx >= value && (operator === 'gte' || areaPx <= secondValue)
}

/** F9. */
export const sizeMeasurement = z.object({
  enabled: z.boolean().default(false),
  thresholds: z.array(sizeThreshold).max(100).default([])
})

const limits = z.object({
  perMinute: z.number().int().positive().nullable().default(null),
  perHour: z.number().int().positive().nullable().default(null),
  perDay: z.number().int().positive().nullable().default(null)
})

/** F10. A rule that is absent is off. */
export const sampling = z.object({
  random: z.object({ probability: unit }).optional(),
  confidence: z
    .object({ from: unit, to: unit })
    .refine((range) => range.from <= range.to, { message: 'must not be lower than the start', path: ['to'] })
    .optional(),
  classes: z.array(className).optional(),
  unknown: z.boolean().optional(),
  interval: z.object({ seconds: z.number().positive() }).optional(),
  limits: z
    .object({
      run: limits.optional(),
      rules: z
        .record(z.string(), limits.partial().extend({ leastIntervalMs: z.number().int().min(0).optional() }))
        .optional()
        .meta({ description: 'By reason, such as `random` or `class:dent`; `classes` is for all of them together.' })
    })
    .optional()
    .meta({ description: 'Within any minute, hour or day of the run; they begin anew with each run.' })
})
export type Sampling = z.infer<typeof sampling>

/** F12: whether a prediction is unknown. A class without a threshold is always believed. */
export function isUnknown(
  { class: name, confidence }: { class: string; confidence: number },
  thresholds: Readonly<Record<string, number>>
): boolean {
  return confidence < (thresholds[name] ?? 0)
}

/** F12. */
export const classThresholds = z.discriminatedUnion('source', [
  z.object({ source: z.literal('none') }),
  z.object({ source: z.literal('latest') }),
  z.object({ source: z.literal('optimization'), optimization: id }),
  z.object({ source: z.literal('manual'), values: z.record(className, unit) })
])

const setupParts = {
  type: z.enum(['api', 'camera']),
  name,
  general: generalSetup.prefault({}),
  parameters: parameters
    .default({})
    .meta({ description: 'Those of the model’s family; what is absent has its default.' }),
  sizeMeasurement: sizeMeasurement.prefault({}),
  sampling: sampling.default({}),
  metadata: givenMetadata.default({}),
  classThresholds: classThresholds.default({ source: 'none' }),
  verdict: verdictSetup.nullable().default(null),
  outputs: z.array(newOutput).max(20).default([])
}

/** What an inference is created with; all but project, type, name and model has defaults. */
export const newSetup = z.strictObject({ project: id, model: id, slug: slug.optional(), ...setupParts })
export type NewSetup = z.infer<typeof newSetup>
/** The same before its defaults are filled in: what a client sends. */
export type NewSetupInput = z.input<typeof newSetup>

/** A setup as it is read: nothing is left to defaults, and no secret of an output is in it. */
export const setup = newSetup
  .extend({ slug, general: generalSetup.required({ threads: true }), outputs: z.array(output) })
  .meta({ id: 'Setup' })
export type Setup = z.infer<typeof setup>

/** As it is stored, and never answered. */
export const storedSetup = setup.extend({ outputs: z.array(storedOutput) })
export type StoredSetup = z.infer<typeof storedSetup>

/** A sample project's setup: its project and model are those that ship beside it. */
export const sampleSetup = z.strictObject({ ...setupParts, slug: slug.optional() })
