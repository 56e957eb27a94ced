import type { CompiledQuery } from 'kysely'
import type { Database } from '../database/database.ts'

/** SQL of the table `settings`: one row for each value that a person has set, as JSON. */

export function settingRows({ read }: Database): Promise<{ key: string; value: string }[]> {
  return read.selectFrom('settings').selectAll().execute()
}

export function putSetting({ read }: Database, key: string, value: unknown): CompiledQuery {
  const row = { key, value: JSON.stringify(value) }
  return read
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .compile()
}
