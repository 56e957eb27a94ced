import type { CompiledQuery } from 'kysely'
import type { z } from 'zod'
import type { routes, Run as RunView } from '../../contract/index.ts'
import { isoTimestamp } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { RunRow } from '../database/tables.ts'
import { pageOf, type Page } from '../labels/page.ts'
import type { RunSubject } from './run.ts'

/** SQL of the table `runs`. */

export type RunQuery = z.output<typeof routes.listRuns.query>

export function insertRun({ read }: Database, { run, setup, model }: RunSubject): CompiledQuery {
  const inference = { inference_slug: setup.slug, inference_name: setup.name, project_id: setup.project }
  const made = { model_id: model.id, model_name: model.spec.name, setup: JSON.stringify(setup) }
  const time = { started_at: run.startedAt.getTime(), ended_at: null, end_reason: null }
  return read
    .insertInto('runs')
    .values({ id: run.id, ...inference, ...made, ...time })
    .compile()
}

export function endRun({ read }: Database, id: string, at: Date, reason: string): CompiledQuery {
  const ended = { ended_at: at.getTime(), end_reason: reason }
  return read.updateTable('runs').set(ended).where('id', '=', id).compile()
}

/** Ends the runs that a host left open which did not stop in an orderly way. */
export function endOpenRuns({ read }: Database, at: Date, reason: string): CompiledQuery {
  const ended = { ended_at: at.getTime(), end_reason: reason }
  return read.updateTable('runs').set(ended).where('ended_at', 'is', null).compile()
}

/** Runs, the newest first. */
export async function listRuns({ read }: Database, query: RunQuery): Promise<Page<RunView>> {
  let runs = read
    .selectFrom('runs')
    .innerJoin('imports', 'imports.run_id', 'runs.id')
    .selectAll('runs')
    .select(['imports.id as import_id', 'imports.samples as samples'])
    .orderBy('runs.id', 'desc')
    .limit(query.limit + 1)
  if (query.project !== undefined) runs = runs.where('runs.project_id', '=', query.project)
  if (query.inference !== undefined) runs = runs.where('runs.inference_slug', '=', query.inference)
  if (query.after !== undefined) runs = runs.where('runs.id', '<', query.after)
  const page = pageOf(await runs.execute(), query.limit)
  return { items: page.items.map((row) => viewOf(row)), next: page.next }
}

function viewOf(row: RunRow & { import_id: string; samples: number }): RunView {
  return {
    id: row.id,
    inference: { slug: row.inference_slug, name: row.inference_name },
    project: row.project_id,
    model: { id: row.model_id, name: row.model_name },
    importId: row.import_id,
    startedAt: isoTimestamp(new Date(row.started_at)),
    endedAt: row.ended_at === null ? null : isoTimestamp(new Date(row.ended_at)),
    endReason: row.end_reason,
    samples: row.samples
  }
}

/** For the deletion of a project: its inferences and the history of their runs. */
export function deleteInferencesOfProject({ read }: Database, project: string): CompiledQuery[] {
  return [
    read.deleteFrom('inferences').where('project_id', '=', project).compile(),
    read.deleteFrom('runs').where('project_id', '=', project).compile()
  ]
}
