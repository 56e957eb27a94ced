import { z } from 'zod'
import { id } from './primitives.ts'
import { inference, latestPrediction } from './inference.ts'
import { logRecord } from './log.ts'
import { sampleSummary } from './sample.ts'
import { workstation } from './workstation.ts'

/**
 * What `GET /v1/events` streams; each server-sent event's data is one of these.
 * `inference` and `prediction` come at most four times a second for each inference.
 * `lost` says that the client read too slowly and must fetch its lists anew.
 */
export const serverEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), version: z.string() }),
  z.object({ type: z.literal('inference'), inference }),
  z.object({ type: z.literal('inference-removed'), slug: z.string() }),
  z.object({ type: z.literal('prediction'), slug: z.string(), latest: latestPrediction }),
  z.object({ type: z.literal('sample'), sample: sampleSummary }),
  z.object({ type: z.literal('log'), record: logRecord }),
  z.object({ type: z.literal('workstation'), workstation }),
  z.object({
    type: z.literal('changed'),
    what: z.enum(['projects', 'models', 'optimizations', 'imports', 'runs', 'settings', 'keys']),
    project: id.nullable()
  }),
  z.object({ type: z.literal('lost') })
])
export type ServerEvent = z.infer<typeof serverEvent>
