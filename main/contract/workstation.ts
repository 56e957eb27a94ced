import { z } from 'zod'

/** What Lineside's runs may hold together; null where a limit is left to its default. */
export const resourceLimits = z.strictObject({
  cpuThreads: z.number().int().min(1).max(4096).nullable().meta({
    title: 'CPU threads',
    description: 'All cores by default. What does not fit waits in the queue.'
  }),
  memoryBytes: z
    .number()
    .int()
    .min(128 * 1024 * 1024)
    .nullable()
    .meta({ title: 'Memory', description: 'Three quarters of the workstation’s memory by default.' }),
  gpuMemoryBytes: z
    .number()
    .int()
    .min(128 * 1024 * 1024)
    .nullable()
    .meta({ title: 'GPU memory', description: 'All of it by default, where it is known.' })
})
export type ResourceLimits = z.infer<typeof resourceLimits>

/** The limits in force; null where nothing is known of a GPU's memory, so that nothing waits for it. */
export const resourceBudget = z.object({
  cpuThreads: z.number().int(),
  memoryBytes: z.number().int(),
  gpuMemoryBytes: z.number().int().nullable()
})
export type ResourceBudget = z.infer<typeof resourceBudget>

/** What a run needs, or what several hold together. */
export const resourceSums = z.object({
  cpuThreads: z.number().int(),
  memoryBytes: z.number().int(),
  gpuMemoryBytes: z.number().int()
})
export type ResourceSums = z.infer<typeof resourceSums>

/** The workstation, as the window's foot shows it. */
export const workstation = z
  .object({
    cpu: z.object({ share: z.number(), cores: z.number().int() }),
    memory: z.object({ usedBytes: z.number(), totalBytes: z.number() }),
    disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }),
    gpu: z.string().nullable(),
    held: resourceSums.meta({ description: 'What the runs that are up hold together.' }),
    budget: resourceBudget,
    inferences: z.object({ total: z.number().int(), healthy: z.number().int(), failed: z.number().int() })
  })
  .meta({ id: 'Workstation' })
export type Workstation = z.infer<typeof workstation>

/**
 * What Lineside is and how it was set up; only `resources` (with `budget`), `comeBack` and `requireKeys` change while it
 * runs.
 */
export const settings = z
  .object({
    version: z.string(),
    dataFolder: z.string(),
    url: z.string(),
    bodyLimitBytes: z.number().int(),
    pixelLimit: z.number().int(),
    defaultThreads: z.number().int(),
    resources: resourceLimits,
    budget: resourceBudget,
    comeBack: z.boolean().meta({
      title: 'Come back',
      description: 'What was running when Lineside or the workstation went down runs again at the next start.'
    }),
    requireKeys: z.boolean().meta({
      title: 'Require keys',
      description: 'Every route asks for a key, also on this workstation. Listening beyond it needs this.'
    }),
    sampleProject: z
      .string()
      .nullable()
      .meta({ description: 'The detector’s sample project, which the first start opens.' })
  })
  .meta({ id: 'Settings' })
export type Settings = z.infer<typeof settings>

/** What the settings are changed with: what is absent stays, null brings a limit back to its default. */
export const settingsChange = z.strictObject({
  resources: resourceLimits.partial().optional(),
  comeBack: z.boolean().optional(),
  requireKeys: z.boolean().optional()
})
export type SettingsChange = z.infer<typeof settingsChange>
