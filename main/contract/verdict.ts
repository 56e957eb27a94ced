import { z } from 'zod'
import { className, name, timestamp } from './primitives.ts'

/** What is said of an image as a whole. */
export const outcome = z.enum(['OK', 'WARN', 'NG'])
export type Outcome = z.infer<typeof outcome>

const ruleCondition = z
  .union(
    [
      z.strictObject({ classes: z.array(className).min(1) }),
      z.strictObject({ sizeThresholds: z.array(name).min(1) }),
      z.strictObject({ count: z.strictObject({ classes: z.array(className).min(1), atLeast: z.int().positive() }) }),
      z.strictObject({ unknown: z.literal(true) })
    ],
    { error: 'must have one of classes, sizeThresholds, count, unknown, and name at least one class or threshold' }
  )
  .meta({ description: 'What is asked of the answered predictions; unknown ones do not count as their class.' })

export const verdictRule = z.object({ name, when: ruleCondition, outcome })
export type VerdictRule = z.infer<typeof verdictRule>

/** F13b. */
export const verdictSetup = z.object({ rules: z.array(verdictRule).max(100) }).meta({
  description:
    'Says OK, WARN or NG of the image as a whole. The worst outcome of the rules that hold wins; where none holds it is OK. Of a classifier the first class counts.'
})
export type VerdictSetup = z.infer<typeof verdictSetup>

/** F13b, as it was said of one image. */
export const verdict = z
  .object({
    outcome,
    rule: z.string().nullable().meta({ description: 'The first rule with this outcome; null where none held.' })
  })
  .meta({ id: 'Verdict' })
export type Verdict = z.infer<typeof verdict>

/** How many images had each outcome. */
export const verdictCounts = z.object({ ok: z.int(), warn: z.int(), ng: z.int() })
export type VerdictCounts = z.infer<typeof verdictCounts>

/** F13b. Goes on over runs and restarts until somebody resets it; tries are not counted. */
export const shiftCounter = verdictCounts
  .extend({
    errors: z.int().meta({ description: 'Requests of the line that were not answered.' }),
    since: timestamp.meta({ description: 'When it was reset last.' })
  })
  .meta({ id: 'ShiftCounter' })
export type ShiftCounter = z.infer<typeof shiftCounter>
