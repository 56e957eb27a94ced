import { z } from 'zod'
import { id, metadata, pageQuery, timestamp } from './primitives.ts'
import { prediction, reason, timing } from './prediction.ts'
import { size } from './geometry.ts'
import { verdict } from './verdict.ts'

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
    predictions: z.array(prediction)
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
    verdict: verdict.nullable(),
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
  inference: z.string().max(64).optional()
})
export type SampleQuery = z.infer<typeof sampleQuery>
