import { z } from 'zod'
import { className, id, name, timestamp } from './primitives.ts'
import { colour } from './colours.ts'
import { task } from './families.ts'

const classes = z
  .array(className)
  .max(10_000)
  .refine((names) => new Set(names).size === names.length, 'class names must differ')

/** What a project is created with. */
export const newProject = z.object({ name, task, classes: classes.default([]) })
export type NewProject = z.infer<typeof newProject>

const colours = z
  .array(z.strictObject({ class: className, colour: colour.nullable() }))
  .max(10_000)
  .meta({
    description: 'Of some classes; null gives a class a colour of the palette again. The other classes keep theirs.'
  })

/** What a project is changed with: what is absent stays. (`partial` of the above would fill in its default.) */
export const projectChange = z.object({ name, classes, colours }).partial()
export type ProjectChange = z.infer<typeof projectChange>

/** A project; the counts are of now. */
export const project = z
  .object({
    id,
    name,
    task,
    classes: z.array(className),
    colours: z.array(colour).meta({ description: 'In which each class is drawn, in the order of the classes.' }),
    createdAt: timestamp,
    models: z.number().int(),
    inferences: z.number().int(),
    running: z.number().int(),
    samples: z.number().int(),
    newestSample: id.nullable().meta({ description: 'For the picture on its card.' })
  })
  .meta({ id: 'Project' })
export type Project = z.infer<typeof project>
