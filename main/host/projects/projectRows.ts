import { z } from 'zod'
import { className, task, type NewProject } from '../../contract/index.ts'
import type { Database } from '../database/database.ts'
import type { ProjectRow } from '../database/tables.ts'

/** SQL of the table `projects`. */

const classNames = z.array(className)

export function taskOf(row: ProjectRow): NewProject['task'] {
  return task.parse(row.task)
}

export function classesOf(row: ProjectRow): string[] {
  return classNames.parse(JSON.parse(row.classes))
}

/** As they were created. */
export function projectRows({ read }: Database): Promise<ProjectRow[]> {
  return read.selectFrom('projects').selectAll().orderBy('id').execute()
}

export function projectRow({ read }: Database, id: string): Promise<ProjectRow | undefined> {
  return read.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst()
}

export function insertProject({ read }: Database, id: string, { name, task, classes }: NewProject, at: Date) {
  const row = { id, name, task, classes: JSON.stringify(classes), created_at: at.getTime() }
  return read.insertInto('projects').values(row).compile()
}

export function updateProject({ read }: Database, id: string, { name, classes }: Pick<NewProject, 'name' | 'classes'>) {
  return read
    .updateTable('projects')
    .set({ name, classes: JSON.stringify(classes) })
    .where('id', '=', id)
    .compile()
}

export function deleteProject({ read }: Database, id: string) {
  return read.deleteFrom('projects').where('id', '=', id).compile()
}
