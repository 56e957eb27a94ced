import { z } from 'zod'

/** The workstation, as the window's foot shows it. */
export const workstation = z
  .object({
    cpu: z.object({ share: z.number(), cores: z.number().int() }),
    memory: z.object({ usedBytes: z.number(), totalBytes: z.number() }),
    disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }),
    gpu: z.string().nullable(),
    inferences: z.object({ total: z.number().int(), healthy: z.number().int(), failed: z.number().int() })
  })
  .meta({ id: 'Workstation' })
export type Workstation = z.infer<typeof workstation>

/** What Lineside is and how it was set up; nothing here changes while it runs. */
export const settings = z
  .object({
    version: z.string(),
    dataFolder: z.string(),
    url: z.string(),
    bodyLimitBytes: z.number().int(),
    pixelLimit: z.number().int(),
    defaultThreads: z.number().int(),
    sampleProject: z
      .string()
      .nullable()
      .meta({ description: 'The detector’s sample project, which the first start opens.' })
  })
  .meta({ id: 'Settings' })
export type Settings = z.infer<typeof settings>
