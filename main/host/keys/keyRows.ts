import type { CompiledQuery } from 'kysely'
import type { Database } from '../database/database.ts'
import type { ApiKeyRow } from '../database/tables.ts'

/** SQL of the table `api_keys`. */

/** The oldest first. */
export function keyRows({ read }: Database): Promise<ApiKeyRow[]> {
  return read.selectFrom('api_keys').selectAll().orderBy('id').execute()
}

export function insertKey({ read }: Database, row: ApiKeyRow): CompiledQuery {
  return read.insertInto('api_keys').values(row).compile()
}

export function deleteKey({ read }: Database, id: string): CompiledQuery {
  return read.deleteFrom('api_keys').where('id', '=', id).compile()
}
