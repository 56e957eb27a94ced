import { z } from 'zod'
import { className, colour, task, type NewProject } from '../../contract/index.ts'
import type { Database } from '../database/database.ts'
import type { ProjectRow } from '../database/tables.ts'
import { withColours, type ProjectClass } from './projectClasses.ts'

/** SQL of the table `projects`. */

const storedClasses = z.array(z.union([className, z.object({ name: className, colour })]))

interface GivenProject extends Pick<NewProject, 'name' | 'task'> {
  classes: ProjectClass[]
}

export function taskOf(row: ProjectRow): NewProject['task'] {
  return task.parse(row.task)
}

/** A project that was stored before classes had colours has names alone, and the palette's colours. */
export function classesOf(row: ProjectRow): ProjectClass[] {
  const stored = storedClasses.parse(JSON.parse(row.classes))
  return withColours(stored.map((one) => (typeof one === 'string' ? { name: one, colour: null } : one)))
}

/** As they were created. */
export function projectRows({ read }: Database): Promise<ProjectRow[]> {
  return read.selectFrom('projects').selectAll().orderBy('id').execute()
}

export function projectRow({ read }: Database, id: string): Promise<ProjectRow | undefined> {
  return read.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst()
}

export function insertProject({ read }: Database, id: string, { name, task, classes }: GivenProject, at: Date) {
  const row = { id, name, task, classes: JSON.stringify(classes), created_at: at.getTime() }
  return read.insertInto('projects').values(row).compile()
}

export function updateProject({ read }: Database, id: string, { name, classes }: Omit<GivenProject, 'task'>) {
  return read
    .updateTable('projects')
    .set({ name, classes: JSON.stringify(classes) })
    .where('id', '=', id)
    .compile()
}

export function deleteProject({ read }: Database, id: string) {
  return read.deleteFrom('projects').where('id', '=', id).compile()
}
