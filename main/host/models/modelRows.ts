import { sql, type CompiledQuery } from 'kysely'
import { z } from 'zod'
import { dataFileName, modelSpec, type Model, type ModelSpec } from '../../contract/index.ts'
import { isoTimestamp } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { ModelRow } from '../database/tables.ts'

const dataFiles = z.array(dataFileName)

/** SQL of the table `models`. */

export function specOf(row: Pick<ModelRow, 'spec'>): ModelSpec {
  return modelSpec.parse(JSON.parse(row.spec))
}

export function dataFilesOf(row: Pick<ModelRow, 'data_files'>): string[] {
  return dataFiles.parse(JSON.parse(row.data_files))
}

export function toModel(row: ModelRow, usedBy: Model['usedBy']): Model {
  return {
    id: row.id,
    project: row.project_id,
    spec: specOf(row),
    fileName: row.file_name,
    sha256: row.sha256,
    bytes: row.bytes,
    ...(dataFilesOf(row).length > 0 && { dataFiles: dataFilesOf(row) }),
    ...(row.dynamic_batch !== null && { dynamicBatch: row.dynamic_batch === 1 }),
    ...(row.instance_bytes !== null && { instanceBytes: row.instance_bytes }),
    opset: row.opset,
    isDefault: row.is_default === 1,
    createdAt: isoTimestamp(new Date(row.created_at)),
    usedBy
  }
}

export function modelRow({ read }: Database, id: string): Promise<ModelRow | undefined> {
  return read.selectFrom('models').selectAll().where('id', '=', id).executeTakeFirst()
}

/** As they were added. */
export function modelsOfProject({ read }: Database, project: string): Promise<ModelRow[]> {
  return read.selectFrom('models').selectAll().where('project_id', '=', project).orderBy('id').execute()
}

export async function countModels({ read }: Database, project: string): Promise<number> {
  const query = read.selectFrom('models').where('project_id', '=', project)
  const { count } = await query.select((build) => build.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return count
}

/** Of whatever project. */
export function modelsWithContent({ read }: Database, sha256: string): Promise<ModelRow[]> {
  return read.selectFrom('models').selectAll().where('sha256', '=', sha256).orderBy('id').execute()
}

/** Whether a model, of whatever project, still needs this file. */
export async function isFileUsed({ read }: Database, sha256: string): Promise<boolean> {
  const rows = await read.selectFrom('models').select('id').where('sha256', '=', sha256).limit(1).execute()
  return rows.length > 0
}

export function insertModel({ read }: Database, row: ModelRow): CompiledQuery {
  return read.insertInto('models').values(row).compile()
}

export function updateModel({ read }: Database, { id, ...row }: ModelRow): CompiledQuery {
  return read.updateTable('models').set(row).where('id', '=', id).compile()
}

/** What an instance of a run was measured to use at its most. */
export function setInstanceBytes({ read }: Database, id: string, bytes: number): CompiledQuery {
  return read.updateTable('models').set({ instance_bytes: bytes }).where('id', '=', id).compile()
}

/** It alone is its project's default then. */
export function makeDefault({ read }: Database, { id, project_id }: ModelRow): CompiledQuery {
  const models = read.updateTable('models').where('project_id', '=', project_id)
  return models.set({ is_default: sql`id = ${id}` }).compile()
}

/** Where it was the default, the newest of the others becomes it. */
export function deleteModel({ read }: Database, { id, project_id }: ModelRow): CompiledQuery[] {
  const others = read.selectFrom('models').select('id').where('project_id', '=', project_id)
  const promoted = read
    .updateTable('models')
    .set({ is_default: 1 })
    .where('id', '=', others.orderBy('id', 'desc').limit(1))
    .where(sql<boolean>`not exists ${others.where('is_default', '=', 1)}`)
  return [read.deleteFrom('models').where('id', '=', id).compile(), promoted.compile()]
}

export function deleteModelsOfProject({ read }: Database, project: string): CompiledQuery {
  return read.deleteFrom('models').where('project_id', '=', project).compile()
}
