import { z } from 'zod'
import { className, id, timestamp, unit } from './primitives.ts'

/** What an optimization sought for each class (F29). */
export const optimizationAim = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('f1') }),
  z.object({ kind: z.literal('precision'), atLeast: unit }),
  z.object({ kind: z.literal('recall'), atLeast: unit }),
  z.object({ kind: z.literal('unknown'), atMost: unit })
])
export type OptimizationAim = z.infer<typeof optimizationAim>

const share = unit.nullable()
const count = z.number().int().min(0)

/** The threshold of a class, and how the class did with it. A share of nothing is null. */
export const classEvidence = z.object({
  class: className,
  threshold: unit,
  precision: share.meta({ description: 'Of the believed predictions, those that are right.' }),
  recall: share.meta({ description: 'Of what there was of the class, what was found and believed.' }),
  f1: share,
  samples: count.meta({ description: 'How many there were of the class.' }),
  believed: count.meta({ description: 'Predictions of the class at or above the threshold.' }),
  right: count.meta({ description: 'Believed ones that are right.' }),
  unknown: count.meta({ description: 'Predictions of the class below the threshold.' })
})
export type ClassEvidence = z.infer<typeof classEvidence>

/** A computed set of class thresholds without what it belongs to. */
export const thresholdSet = z.object({
  at: timestamp.meta({ description: 'When it was computed.' }),
  aim: optimizationAim,
  basis: z
    .object({ source: z.string().min(1).max(500), samples: count })
    .meta({ description: 'What it was computed on, in words, and how many pictures that were.' }),
  classes: z.array(classEvidence).min(1).max(10_000)
})
export type ThresholdSet = z.infer<typeof thresholdSet>

/** A computed set of class thresholds, with the evidence that it rests on. */
export const optimization = thresholdSet
  .extend({ id, project: id, model: z.object({ id, name: z.string(), version: z.string() }) })
  .meta({ id: 'Optimization' })
export type Optimization = z.infer<typeof optimization>

/** What `latest` means: the newest of this model, else of the project. @param optimizations The newest first */
export function latestFor(model: string, optimizations: readonly Optimization[]): Optimization | undefined {
  return optimizations.find((one) => one.model.id === model) ?? optimizations[0]
}

/** Its threshold for each of these classes; one that it lacks has 0. */
export function thresholdsOf({ classes: found }: ThresholdSet, classes: readonly string[]): Record<string, number> {
  const known = new Map(found.map((one) => [one.class, one.threshold]))
  return Object.fromEntries(classes.map((name) => [name, known.get(name) ?? 0]))
}
