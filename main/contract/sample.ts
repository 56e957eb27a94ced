import { z } from 'zod'
import { className, id, metadata, pageQuery, timestamp } from './primitives.ts'
import { prediction, reason, timing } from './prediction.ts'
import { size } from './geometry.ts'
import { outcome, verdict } from './verdict.ts'

/** A folder of samples in the data center. */
export const sampleImport = z
  .object({
    id,
    name: z.string(),
    project: z.object({ id, name: z.string() }),
    origin: z.enum(['run', 'person']),
    run: id.nullable(),
    folder: z.string().meta({ description: 'Where its pictures lie on this workstation.' }),
    samples: z.number().int(),
    bytes: z.number().int(),
    firstAt: timestamp.nullable(),
    lastAt: timestamp.nullable(),
    createdAt: timestamp
  })
  .meta({ id: 'SampleImport' })
export type SampleImport = z.infer<typeof sampleImport>

/** A sample as the grid shows it. */
export const sampleSummary = z
  .object({
    id,
    project: id,
    importId: id,
    at: timestamp,
    image: size,
    predictions: z.array(prediction),
    verdict: verdict.nullable()
  })
  .meta({ id: 'SampleSummary' })
export type SampleSummary = z.infer<typeof sampleSummary>

/** A recorded image with all that is known of it. */
export const sample = sampleSummary
  .extend({
    requestId: z.string(),
    importName: z.string(),
    run: id.nullable(),
    inference: z.object({ slug: z.string(), name: z.string() }).nullable(),
    model: z.object({ id, name: z.string(), version: z.string() }).nullable(),
    reasons: z.array(reason),
    metadata,
    overridden: z.array(z.string()).meta({ description: 'Metadata keys that came with the request.' }),
    timing,
    fileName: z.string(),
    format: z.string(),
    bytes: z.number().int(),
    previous: id.nullable(),
    next: id.nullable()
  })
  .meta({ id: 'Sample' })
export type Sample = z.infer<typeof sample>

/** Filters of the sample list; the newest first. */
export const sampleQuery = pageQuery.extend({
  project: id.optional(),
  import: id.optional(),
  inference: z.string().max(64).optional(),
  verdict: outcome.optional()
})
export type SampleQuery = z.infer<typeof sampleQuery>

/** Which recorded predictions' areas are asked for. */
export const areasQuery = z.object({
  project: id,
  samples: z.coerce.number().int().min(1).max(5000).default(1000).meta({
    description: 'How many of the newest samples are looked at.'
  })
})
export type AreasQuery = z.infer<typeof areasQuery>

/** Areas in px of what was answered of a class and recorded, the newest samples' first. */
export const recordedAreas = z
  .object({ class: className, areasPx: z.array(z.number().int().min(0)) })
  .meta({ id: 'RecordedAreas' })
export type RecordedAreas = z.infer<typeof recordedAreas>
