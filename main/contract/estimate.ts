import { z } from 'zod'
import { parameters } from './families.ts'
import { className, id, slug, timestamp, unit } from './primitives.ts'
import { classThresholds, sampling, sizeMeasurement } from './setup.ts'

/** Into so many equal parts the confidences of recent predictions are counted. */
export const confidenceParts = 50

/** The parts of a setup by which requests are recorded and predictions are unknown. */
export const estimateQuestion = z.strictObject({
  model: id,
  inference: slug.optional().meta({ description: 'Whose setup it is; absent for a new one.' }),
  parameters: parameters.default({}),
  sizeMeasurement: sizeMeasurement.prefault({}),
  sampling: sampling.default({}),
  classThresholds: classThresholds.default({ source: 'none' })
})
export type EstimateQuestion = z.infer<typeof estimateQuestion>
export type EstimateQuestionInput = z.input<typeof estimateQuestion>

const count = z.number().int().min(0)
const amount = z.number().min(0)
const anHour = amount.nullable().meta({ description: 'Null where the recent requests tell no rate.' })

const estimatedSamples = z.object({
  samples: amount.meta({ description: 'Of the recent requests, so many would have been recorded.' }),
  perHour: anHour
})

const unknownCounts = z.object({
  predictions: count.meta({ description: 'Recent ones that would be answered; of a classifier the first class.' }),
  now: count.meta({ description: 'Of these, unknown when they were answered.' }),
  then: count.meta({ description: 'Of these, unknown with the class thresholds that are asked about.' })
})

/** What a setup would have done with the recent requests of the line (F9, F10, F12). */
export const samplingEstimate = z
  .object({
    basis: z.object({
      inference: z.object({ slug, name: z.string() }),
      isOwn: z.boolean().meta({ description: 'Or those of another inference with the same model.' }),
      requests: count,
      from: timestamp,
      to: timestamp,
      requestsPerHour: anHour.meta({ description: 'While it was up. Null for a single request.' }),
      bytesPerSample: amount.meta({ description: 'The mean picture as it was sent, its thumbnail and its row.' }),
      seenFrom: unit.meta({ description: 'Predictions below this confidence were not seen, so none is counted.' })
    }),
    rules: z.array(estimatedSamples.extend({ rule: z.string() })).meta({
      description:
        'Each rule that is on alone, within its own limits: `random`, `confidence`, `unknown`, `interval`, `classes` and `sizes` (all together), and `size:<name>` of each size threshold as if it were included in sampling. Of `random` it is the expected value.'
    }),
    together: estimatedSamples.extend({
      byMoreThanOne: amount.meta({ description: 'Of `samples`, those that more than one kind of rule records.' }),
      byMoreThanOnePerHour: anHour,
      heldBackPerHour: anHour.meta({ description: 'What would be recorded an hour more without limits.' }),
      perDay: anHour,
      bytesPerHour: anHour,
      bytesPerDay: anHour
    }),
    unknown: unknownCounts.extend({ classes: z.array(unknownCounts.extend({ class: className })) }),
    confidences: z.array(count).meta({
      description: `How many recent predictions, candidates included, have a confidence in each of ${confidenceParts} equal parts of 0 to 1.`
    })
  })
  .meta({ id: 'SamplingEstimate' })
export type SamplingEstimate = z.infer<typeof samplingEstimate>
export type EstimatedSamples = z.infer<typeof estimatedSamples>
export type UnknownCounts = z.infer<typeof unknownCounts>
