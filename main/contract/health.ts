import { z } from 'zod'
import { slug } from './primitives.ts'

/** How one part stands: `busy` is on its way to good, `off` is not wanted now. */
export const healthPart = z.object({
  part: z.string(),
  health: z.enum(['good', 'busy', 'bad', 'off']),
  says: z.string()
})
export type HealthPart = z.infer<typeof healthPart>

/** How Lineside stands, part by part; `health` is the worst of them. */
export const hostHealth = z
  .object({
    health: z.enum(['good', 'bad']),
    parts: z.array(healthPart),
    inferences: z.array(z.object({ slug, name: z.string(), parts: z.array(healthPart) }))
  })
  .meta({ id: 'HostHealth' })
export type HostHealth = z.infer<typeof hostHealth>
