import type { CompiledQuery } from 'kysely'
import { z } from 'zod'
import { runStateEntry, unit, type routes, type Run as RunView, type RunStateEntry } from '../../contract/index.ts'
import { isoTimestamp } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { RunRow } from '../database/tables.ts'
import { pageOf, type Page } from '../labels/page.ts'
import { withoutSecrets } from '../outputs/resolveOutputs.ts'
import type { RunState } from './runState.ts'
import type { RunSubject } from './runSubject.ts'

/** SQL of the tables `runs` and `run_states`. */

export type RunQuery = z.output<typeof routes.listRuns.query>

export function insertRun({ read }: Database, { run, setup, model, classThresholds }: RunSubject): CompiledQuery {
  const inference = { inference_slug: setup.slug, inference_name: setup.name, project_id: setup.project }
  const made = { model_id: model.id, model_name: model.spec.name, setup: JSON.stringify(withoutSecrets(setup)) }
  const resolved = { class_thresholds: JSON.stringify(classThresholds) }
  const time = { started_at: run.startedAt.getTime(), ended_at: null, end_reason: null }
  return read
    .insertInto('runs')
    .values({ id: run.id, ...inference, ...made, ...resolved, ...time })
    .compile()
}

export function endRun({ read }: Database, id: string, at: Date, reason: string): CompiledQuery {
  const ended = { ended_at: at.getTime(), end_reason: reason }
  return read.updateTable('runs').set(ended).where('id', '=', id).compile()
}

/** The run goes over to another model. */
export function changeRunModel({ read }: Database, { run, setup, model, classThresholds }: RunSubject): CompiledQuery {
  const made = { model_id: model.id, model_name: model.spec.name, setup: JSON.stringify(withoutSecrets(setup)) }
  const resolved = { class_thresholds: JSON.stringify(classThresholds) }
  return read
    .updateTable('runs')
    .set({ ...made, ...resolved })
    .where('id', '=', run.id)
    .compile()
}

const thresholds = z.record(z.string(), unit)

/** The class thresholds of an inference's last run, as they were resolved then; undefined where there are none. */
export async function lastThresholds({ read }: Database, slug: string): Promise<Record<string, number> | undefined> {
  const runs = read.selectFrom('runs').select('class_thresholds').where('inference_slug', '=', slug)
  const last = await runs.orderBy('id', 'desc').limit(1).executeTakeFirst()
  return last && thresholdsIn(last)
}

/** The class thresholds of a run, as they were resolved; undefined where there is none, or they were not kept. */
export async function storedThresholds({ read }: Database, id: string): Promise<Record<string, number> | undefined> {
  const run = await read.selectFrom('runs').select('class_thresholds').where('id', '=', id).executeTakeFirst()
  return run && thresholdsIn(run)
}

function thresholdsIn({ class_thresholds: stored }: Pick<RunRow, 'class_thresholds'>) {
  return stored === null ? undefined : thresholds.parse(JSON.parse(stored))
}

/** How many runs a host left open. */
export async function countOpenRuns({ read }: Database): Promise<number> {
  const runs = read.selectFrom('runs').where('ended_at', 'is', null)
  return (await runs.select((build) => build.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count
}

/** States of a run that are kept: the last ones. */
const keptStates = 200

/** What a run goes through. */
export function insertRunState(
  { read }: Database,
  run: string,
  { at, status, reason }: Pick<RunState, 'status' | 'reason'> & { at: number }
): CompiledQuery[] {
  const states = read.selectFrom('run_states').select('id').where('run_id', '=', run)
  const kept = states.orderBy('id', 'desc').limit(keptStates)
  return [
    read.insertInto('run_states').values({ run_id: run, at, status, reason }).compile(),
    read.deleteFrom('run_states').where('run_id', '=', run).where('id', 'not in', kept).compile()
  ]
}

/** The last states of a run, the oldest first. */
export async function statesOfRun({ read }: Database, run: string): Promise<RunStateEntry[]> {
  const rows = await read.selectFrom('run_states').selectAll().where('run_id', '=', run).orderBy('id').execute()
  return rows.map(({ at, status, reason }) => runStateEntry.parse({ at: isoTimestamp(new Date(at)), status, reason }))
}

/** Runs that are looked at for the time that an inference takes to become healthy. */
const lookedAt = 5

/** How long an inference took from preparing to healthy the last time, in ms; null where its last runs never did. */
export async function lastPreparingMs({ read }: Database, slug: string): Promise<number | null> {
  const runs = read.selectFrom('runs').select('id').where('inference_slug', '=', slug)
  const last = await runs.orderBy('id', 'desc').limit(lookedAt).execute()
  for (const { id } of last) {
    const states = read.selectFrom('run_states').select(['at', 'status']).where('run_id', '=', id)
    const rows = await states.orderBy('id').execute()
    const at = rows.findLastIndex(
      ({ status }, index) => status === 'healthy' && rows[index - 1]?.status === 'preparing'
    )
    const [before, after] = [rows[at - 1], rows[at]]
    if (before && after) return after.at - before.at
  }
  return null
}

/** Ends the runs that a host left open which did not stop in an orderly way. */
export function endOpenRuns({ read }: Database, at: Date, reason: string): CompiledQuery {
  const ended = { ended_at: at.getTime(), end_reason: reason }
  return read.updateTable('runs').set(ended).where('ended_at', 'is', null).compile()
}

export async function oneRun(database: Database, id: string): Promise<RunView | undefined> {
  const row = await runsWithImports(database).where('runs.id', '=', id).executeTakeFirst()
  return row && viewOf(row)
}

/** Runs, the newest first. */
export async function listRuns(database: Database, query: RunQuery): Promise<Page<RunView>> {
  let runs = runsWithImports(database)
    .orderBy('runs.id', 'desc')
    .limit(query.limit + 1)
  if (query.project !== undefined) runs = runs.where('runs.project_id', '=', query.project)
  if (query.inference !== undefined) runs = runs.where('runs.inference_slug', '=', query.inference)
  if (query.after !== undefined) runs = runs.where('runs.id', '<', query.after)
  const page = pageOf(await runs.execute(), query.limit)
  return { items: page.items.map((row) => viewOf(row)), next: page.next }
}

function runsWithImports({ read }: Database) {
  return read
    .selectFrom('runs')
    .innerJoin('imports', 'imports.run_id', 'runs.id')
    .selectAll('runs')
    .select(['imports.id as import_id', 'imports.samples as samples'])
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
