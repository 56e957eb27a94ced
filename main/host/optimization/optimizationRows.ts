import type { CompiledQuery } from 'kysely'
import { optimization, type Optimization } from '../../contract/index.ts'
import { isoTimestamp } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { OptimizationRow } from '../database/tables.ts'

/** SQL of the table `optimizations`. */

/** The newest first. */
export async function optimizationsOfProject({ read }: Database, project: string): Promise<Optimization[]> {
  const rows = read.selectFrom('optimizations').selectAll().where('project_id', '=', project)
  return (await rows.orderBy('at', 'desc').orderBy('id', 'desc').execute()).map((row) => toOptimization(row))
}

export async function optimizationWithId({ read }: Database, id: string): Promise<Optimization | undefined> {
  const row = await read.selectFrom('optimizations').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toOptimization(row)
}

export function insertOptimization({ read }: Database, given: Optimization): CompiledQuery {
  const { id, project, model, at, aim, basis, classes } = given
  const of = { id, project_id: project, model_id: model.id, model_name: model.name, model_version: model.version }
  const found = { aim: JSON.stringify(aim), basis: JSON.stringify(basis), classes: JSON.stringify(classes) }
  return read
    .insertInto('optimizations')
    .values({ ...of, at: Date.parse(at), ...found })
    .compile()
}

export function deleteOptimizationsOfProject({ read }: Database, project: string): CompiledQuery {
  return read.deleteFrom('optimizations').where('project_id', '=', project).compile()
}

/** A row that does not fit the contract is a defect. */
function toOptimization({ id, project_id, model_id, model_name, model_version, ...row }: OptimizationRow) {
  return optimization.parse({
    id,
    project: project_id,
    model: { id: model_id, name: model_name, version: model_version },
    at: isoTimestamp(new Date(row.at)),
    aim: given(row.aim),
    basis: given(row.basis),
    classes: given(row.classes)
  })
}

const given = (json: string): unknown => JSON.parse(json)
