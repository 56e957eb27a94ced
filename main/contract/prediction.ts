import { z } from 'zod'
import { className, givenMetadata, id, metadata, unit } from './primitives.ts'
import { box, mask, rotatedBox, size } from './geometry.ts'
import { verdict } from './verdict.ts'

/** One classified image, box, object or region. Geometry in px of the original image. */
export const prediction = z
  .object({
    class: className,
    confidence: unit,
    unknown: z.boolean().meta({ description: 'Confidence is below its class threshold.' }),
    box: box.optional().meta({ description: 'Absent for a classified image.' }),
    rotatedBox: rotatedBox.optional().meta({ description: 'Of detectors of rotated boxes; `box` is then around it.' }),
    mask: mask.optional().meta({ description: 'Of segmentation models.' }),
    sizeThresholds: z
      .array(z.object({ name: z.string(), metadata }))
      .optional()
      .meta({ description: 'The size thresholds that it meets, where the setup measures sizes.' }),
    candidate: z
      .literal(true)
      .optional()
      .meta({ description: 'In samples only: below the confidence floor, seen by the confidence rule, not answered.' })
  })
  .meta({ id: 'Prediction' })
export type Prediction = z.infer<typeof prediction>

/** Milliseconds spent in each stage of a request. */
export const timing = z
  .object({
    queueMs: z.number(),
    decodeMs: z.number(),
    preprocessMs: z.number(),
    inferMs: z.number(),
    postprocessMs: z.number(),
    recordMs: z.number(),
    totalMs: z.number()
  })
  .meta({ id: 'Timing' })
export type Timing = z.infer<typeof timing>

/** Why a request was recorded: the rule that held. */
export const reason = z.string().regex(/^(random|interval|manual|confidence|unknown|class:.+|size:.+)$/)

/** What became of a request's recording; null when no rule met. */
export const sampleOutcome = z
  .union([
    z.object({ id, reasons: z.array(reason) }),
    z.object({
      id: z.null(),
      error: z.object({ code: z.enum(['RECORDING_LATE', 'RECORDING_FAILED', 'STORAGE_FULL']) })
    }),
    z.object({ id: z.null(), limited: z.array(reason) })
  ])
  .nullable()
export type SampleOutcome = z.infer<typeof sampleOutcome>

/** The answer of predict. A sample with an id is on disk before this is sent. */
export const predictAnswer = z
  .object({
    requestId: z.string(),
    inference: z.string(),
    runId: id,
    model: z.object({ id, name: z.string() }),
    image: size,
    predictions: z.array(prediction),
    verdict: verdict.nullable().meta({ description: 'Null where the setup asks for none.' }),
    metadata,
    sample: sampleOutcome,
    timing
  })
  .meta({ id: 'PredictAnswer' })
export type PredictAnswer = z.infer<typeof predictAnswer>

/** Options of predict, in the query for all three kinds of body. */
export const predictQuery = z.object({
  masks: z.enum(['polygon', 'rle', 'none']).default('polygon'),
  deadlineMs: z.coerce.number().int().min(1).max(600_000).optional(),
  try: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .pipe(z.boolean())
    .meta({ description: 'For the window: not sampled, not counted, and the line’s requests go first.' })
})
export type PredictQuery = z.infer<typeof predictQuery>

/** Predict with a JSON body. */
export const predictJson = z.strictObject({
  image: z.string().min(1).meta({ description: 'The image file in base64, with or without a data: prefix.' }),
  metadata: givenMetadata.default({})
})
