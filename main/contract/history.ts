import { z } from 'zod'
import { timestamp } from './primitives.ts'
import { percentiles, stage } from './inference.ts'
import { verdictCounts } from './verdict.ts'

/** The longest range of which figures are kept. */
export const keptHistorySeconds = 30 * 24 * 3600

export const historyQuery = z.object({
  rangeSeconds: z.coerce.number().int().min(60).max(keptHistorySeconds).default(3600).meta({
    description: 'How far back from now.'
  }),
  stepSeconds: z.coerce.number().int().min(10).max(86_400).optional().meta({
    description:
      'The span of a point. Figures are kept by 10 s for an hour, by 60 s for a day, by 900 s for 30 days; a step is a multiple of what is kept for the range. Without it one is chosen that gives at most 400 points.'
  }),
  stage: stage.default('total').meta({ description: 'Of which stage the latencies are.' })
})
export type HistoryQuery = z.infer<typeof historyQuery>

/** What was counted in one span of time. */
export const historyPoint = z.object({
  at: timestamp.meta({ description: 'Where the span begins.' }),
  seconds: z.number().meta({ description: 'How long the inference was up in it, as far as is known.' }),
  requests: z.number().int(),
  perMinute: z.number(),
  failures: z.number().int(),
  failuresByCode: z.record(z.string(), z.number().int()),
  predictions: z.number().int(),
  unknown: z.number().int(),
  verdicts: verdictCounts,
  recorded: z.number().int(),
  dropped: z.number().int().meta({ description: 'Samples that were to be recorded and are lost.' }),
  mostQueued: z.number().int().meta({ description: 'The most requests that were seen waiting.' }),
  latencyMs: percentiles
})
export type HistoryPoint = z.infer<typeof historyPoint>

/** Figures over time. A span in which the inference or Lineside was not up has no point. */
export const figuresHistory = z
  .object({
    from: timestamp,
    to: timestamp,
    stepSeconds: z.number().int(),
    points: z.array(historyPoint)
  })
  .meta({ id: 'FiguresHistory' })
export type FiguresHistory = z.infer<typeof figuresHistory>
