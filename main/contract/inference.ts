import { z } from 'zod'
import { className, id, slug, timestamp, unit } from './primitives.ts'
import { task } from './families.ts'
import { prediction, reason } from './prediction.ts'
import { size } from './geometry.ts'
import { outputHealth } from './outputs.ts'
import { shiftCounter, verdict, verdictCounts } from './verdict.ts'

/** F14. */
export const inferenceStatus = z.enum(['stopped', 'queued', 'preparing', 'healthy', 'failed', 'stopping'])
export type InferenceStatus = z.infer<typeof inferenceStatus>

/** One engine process of a run. */
export const instance = z.object({
  number: z.number().int().positive(),
  state: z.enum(['starting', 'ready', 'restarting', 'stopping']),
  step: z
    .enum(['load', 'warm-up'])
    .nullable()
    .meta({ description: 'What it does until it is ready; null where it waits, is ready or stops.' }),
  provider: z.string().nullable(),
  fallback: z
    .string()
    .nullable()
    .meta({ description: 'Why it computes on none that was rather wanted, such as a GPU.' }),
  pid: z.number().int().nullable(),
  requests: z.number().int(),
  restarts: z.number().int(),
  memoryBytes: z.number().int().nullable(),
  cpuShare: z.number().nullable().meta({ description: 'Of one core, over the last second; 2 is two busy cores.' })
})
export type Instance = z.infer<typeof instance>

/** What a request goes through; `total` is all of it. */
export const stage = z.enum(['queue', 'decode', 'preprocess', 'infer', 'postprocess', 'record', 'total'])
export type Stage = z.infer<typeof stage>

/** Null where nothing was measured. */
export const percentiles = z.object({
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable()
})
export type Percentiles = z.infer<typeof percentiles>

/** Figures of the present run; latencies are null before the first request. */
export const figures = z.object({
  requests: z.number().int(),
  failures: z.number().int(),
  failuresByCode: z.record(z.string(), z.number().int()),
  perMinute: z.number(),
  latencyMs: percentiles,
  stagesMs: z
    .partialRecord(stage, percentiles)
    .meta({ description: 'The same by stage, where something was measured; `record` only of what was recorded.' }),
  queued: z.number().int().meta({ description: 'Requests waiting now.' }),
  unanswered: z.number().int().meta({ description: 'Requests accepted and not answered yet, those waiting included.' }),
  unknownShare: z.number().nullable(),
  verdicts: verdictCounts,
  recorded: z.number().int(),
  recordingFailures: z.number().int().meta({ description: 'Samples that were late or are lost.' }),
  dropped: z.number().int().meta({ description: 'Samples that were to be recorded and are lost.' }),
  sampling: z
    .array(z.object({ rule: reason, fired: z.number().int(), limited: z.number().int() }))
    .meta({ description: 'For each rule: on how many requests it held, and how many of these a limit held back.' }),
  recent: z.array(z.number()).meta({
    description:
      'Requests in each quarter of a minute of the last 15 minutes, the oldest first; the last is still being counted.'
  }),
  recentP95Ms: z.array(z.number().nullable()).meta({
    description:
      'The latency that 95 % of the requests kept, in the same quarters of minutes; null where there was none.'
  })
})
export type Figures = z.infer<typeof figures>

/** An inference as lists and the event stream show it. */
export const inference = z
  .object({
    slug,
    name: z.string(),
    type: z.enum(['api', 'camera']),
    project: z.object({ id, name: z.string() }),
    status: inferenceStatus,
    reason: z.string().nullable(),
    since: timestamp,
    nextTryAt: timestamp.nullable(),
    lastPreparingMs: z
      .number()
      .nullable()
      .meta({ description: 'How long it took from preparing to healthy the last time; null where it never did.' }),
    shutdownAt: timestamp.nullable().meta({ description: 'When the run ends by itself, as things stand now.' }),
    queue: z.object({ place: z.number().int(), waitsFor: z.string() }).nullable(),
    endpoint: z.string(),
    model: z.object({ id, name: z.string(), version: z.string(), task }),
    nextModel: z
      .object({ id, name: z.string(), version: z.string(), failed: z.string().nullable() })
      .nullable()
      .meta({ description: 'The model that is being put under the run, or the last one that failed to be.' }),
    run: z.object({ id, startedAt: timestamp, importId: id }).nullable(),
    instances: z.array(instance),
    refusedImages: z.number().int().meta({ description: 'Pictures that are refused since engines died over them.' }),
    counter: shiftCounter,
    outputs: z.array(outputHealth).meta({ description: 'Of the present run.' }),
    figures
  })
  .meta({ id: 'Inference' })
export type Inference = z.infer<typeof inference>

/** One of the last predictions of a run, kept in memory. */
export const latestPrediction = z
  .object({
    requestId: z.string(),
    at: timestamp,
    image: size,
    predictions: z.array(prediction),
    verdict: verdict.nullable(),
    totalMs: z.number(),
    sample: id.nullable()
  })
  .meta({ id: 'LatestPrediction' })
export type LatestPrediction = z.infer<typeof latestPrediction>

/** A run, from start to stop. */
export const run = z
  .object({
    id,
    inference: z.object({ slug: z.string(), name: z.string() }),
    project: id,
    model: z.object({ id, name: z.string() }),
    importId: id,
    startedAt: timestamp,
    endedAt: timestamp.nullable(),
    endReason: z.string().nullable(),
    samples: z.number().int()
  })
  .meta({ id: 'Run' })
export type Run = z.infer<typeof run>

/** The model that a run is to go over to (F17b). */
export const modelChoice = z.strictObject({ model: id })

/** What a run went through; the reason is what was said then. */
export const runStateEntry = z.object({ at: timestamp, status: inferenceStatus, reason: z.string().nullable() })
export type RunStateEntry = z.infer<typeof runStateEntry>

/** A run with the last of its states, the oldest first. */
export const runDetails = run
  .extend({
    states: z.array(runStateEntry),
    classThresholds: z
      .record(className, unit)
      .nullable()
      .meta({ description: 'As resolved when the run started; an absent class has 0. Null: from before it was kept.' })
  })
  .meta({ id: 'RunDetails' })
export type RunDetails = z.infer<typeof runDetails>
