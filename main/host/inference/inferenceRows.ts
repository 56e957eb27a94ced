import type { CompiledQuery } from 'kysely'
import { storedSetup, type StoredSetup } from '../../contract/index.ts'
import type { Database } from '../database/database.ts'
import type { InferenceRow } from '../database/tables.ts'

/** SQL of the table `inferences`. */

/** A setup's name in lists. */
export interface InferenceName {
  slug: string
  name: string
}

/** With its project's name. */
export type NamedRow = InferenceRow & { project_name: string }

/** A stored setup; a row that does not fit the contract is a defect. */
export function setupOf(row: InferenceRow): StoredSetup {
  return storedSetup.parse(JSON.parse(row.setup))
}

export function inferenceRow(database: Database, slug: string): Promise<NamedRow | undefined> {
  return namedRows(database).where('inferences.slug', '=', slug).executeTakeFirst()
}

/** By project, then as they were created. */
export function inferenceRows(database: Database, project?: string): Promise<NamedRow[]> {
  const rows = namedRows(database).orderBy('project_id').orderBy('inferences.created_at').orderBy('slug')
  return (project === undefined ? rows : rows.where('project_id', '=', project)).execute()
}

function namedRows({ read }: Database) {
  return read
    .selectFrom('inferences')
    .innerJoin('projects', 'projects.id', 'inferences.project_id')
    .selectAll('inferences')
    .select('projects.name as project_name')
}

/** All slugs, for one that must differ from them. */
export async function takenSlugs({ read }: Database): Promise<Set<string>> {
  const rows = await read.selectFrom('inferences').select('slug').execute()
  return new Set(rows.map((row) => row.slug))
}

/** The inference of a project with this name, whatever its case. */
export function inferenceNamed({ read }: Database, project: string, name: string): Promise<InferenceName | undefined> {
  const named = read.selectFrom('inferences').select(['slug', 'name']).where('project_id', '=', project)
  return named.where('name', '=', name).executeTakeFirst()
}

/** The inferences of a project, with whether each is to be up. */
export async function inferencesOfProject(
  { read }: Database,
  project: string
): Promise<(InferenceName & { wanted: boolean })[]> {
  const rows = read.selectFrom('inferences').select(['slug', 'name', 'wanted']).where('project_id', '=', project)
  return (await rows.execute()).map((row) => ({ ...row, wanted: row.wanted === 1 }))
}

export function inferencesUsingModel({ read }: Database, model: string): Promise<InferenceName[]> {
  return read.selectFrom('inferences').select(['slug', 'name']).where('model_id', '=', model).execute()
}

export async function wantedInferences({ read }: Database): Promise<InferenceName[]> {
  return read.selectFrom('inferences').select(['slug', 'name']).where('wanted', '=', 1).orderBy('created_at').execute()
}

export function insertInference({ read }: Database, setup: StoredSetup, at: Date): CompiledQuery {
  const created = { created_at: at.getTime(), wanted: 0, stopped_at: null, stop_reason: null }
  return read
    .insertInto('inferences')
    .values({ ...columnsOf(setup), ...created })
    .compile()
}

export function updateInference({ read }: Database, slug: string, setup: StoredSetup): CompiledQuery {
  return read.updateTable('inferences').set(columnsOf(setup)).where('slug', '=', slug).compile()
}

export function setWanted({ read }: Database, slug: string, wanted: boolean): CompiledQuery {
  return read
    .updateTable('inferences')
    .set({ wanted: Number(wanted) })
    .where('slug', '=', slug)
    .compile()
}

export function setStopped({ read }: Database, slug: string, at: Date, reason: string): CompiledQuery {
  const stopped = { stopped_at: at.getTime(), stop_reason: reason }
  return read.updateTable('inferences').set(stopped).where('slug', '=', slug).compile()
}

export function deleteInference({ read }: Database, slug: string): CompiledQuery {
  return read.deleteFrom('inferences').where('slug', '=', slug).compile()
}

function columnsOf(setup: StoredSetup) {
  const { slug, name, project, model } = setup
  return { slug, name, project_id: project, model_id: model, setup: JSON.stringify(setup) }
}
