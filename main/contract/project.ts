import { z } from 'zod'
import { className, id, name, timestamp } from './primitives.ts'
import { task } from './families.ts'

const classes = z
  .array(className)
  .max(10_000)
  .refine((names) => new Set(names).size === names.length, 'class names must differ')

/** What a project is created with. */
export const newProject = z.object({ name, task, classes: classes.default([]) })
export type NewProject = z.infer<typeof newProject>

/** What a project is changed with: what is absent stays. (`partial` of the above would fill in its default.) */
export const projectChange = z.object({ name, classes }).partial()
export type ProjectChange = z.infer<typeof projectChange>

/** A project; the counts are of now. */
export const project = z
  .object({
    id,
    name,
    task,
    classes: z.array(className),
    createdAt: timestamp,
    models: z.number().int(),
    inferences: z.number().int(),
    running: z.number().int(),
    samples: z.number().int(),
    newestSample: id.nullable().meta({ description: 'For the picture on its card.' })
  })
  .meta({ id: 'Project' })
export type Project = z.infer<typeof project>
