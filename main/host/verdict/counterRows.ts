import type { CompiledQuery } from 'kysely'
import type { Database } from '../database/database.ts'
import type { ShiftCounterRow } from '../database/tables.ts'

/** SQL of the table `shift_counters`; a row moves and goes with its inference. */

export function counterRows({ read }: Database): Promise<ShiftCounterRow[]> {
  return read.selectFrom('shift_counters').selectAll().execute()
}

/** Does nothing where the inference is gone. */
export function saveCounter({ read }: Database, { inference_slug, ...counts }: ShiftCounterRow): CompiledQuery {
  const { ok, warn, ng, errors, since } = counts
  return read
    .insertInto('shift_counters')
    .columns(['inference_slug', 'ok', 'warn', 'ng', 'errors', 'since'])
    .expression((build) =>
      build
        .selectFrom('inferences')
        .where('slug', '=', inference_slug)
        .select((values) => [
          'slug as inference_slug',
          values.val(ok).as('ok'),
          values.val(warn).as('warn'),
          values.val(ng).as('ng'),
          values.val(errors).as('errors'),
          values.val(since).as('since')
        ])
    )
    .onConflict((conflict) => conflict.column('inference_slug').doUpdateSet(counts))
    .compile()
}
