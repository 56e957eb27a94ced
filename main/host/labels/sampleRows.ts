import { sql, type CompiledQuery } from 'kysely'
import { z } from 'zod'
import { metadata, outcome, prediction, reason, timing, type Sample, type SampleSummary } from '../../contract/index.ts'
import { isoTimestamp } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { SampleRow } from '../database/tables.ts'
import type { Recording } from './recording.ts'

const predictions = z.array(prediction)
const reasons = z.array(reason)
const texts = z.array(z.string())

/** What a summary is made of. */
export const summaryColumns = [
  ...(['id', 'project_id', 'import_id', 'at', 'width', 'height', 'predictions', 'verdict', 'verdict_rule'] as const)
] satisfies (keyof SampleRow)[]

type SummaryRow = Pick<SampleRow, (typeof summaryColumns)[number]>

/** The row of a recording under its id. `file` is relative to the import's folder. */
export function toSampleRow(id: string, file: string, recording: Recording): SampleRow {
  return {
    id,
    project_id: recording.project,
    import_id: recording.run.importId,
    run_id: recording.run.id,
    inference_slug: recording.inference.slug,
    inference_name: recording.inference.name,
    model_id: recording.model.id,
    model_name: recording.model.name,
    model_version: recording.model.version,
    request_id: recording.requestId,
    at: recording.at.getTime(),
    file,
    format: recording.format,
    bytes: recording.image.byteLength,
    width: recording.size.width,
    height: recording.size.height,
    predictions: JSON.stringify(recording.predictions),
    reasons: JSON.stringify(recording.reasons),
    verdict: recording.verdict?.outcome ?? null,
    verdict_rule: recording.verdict?.rule ?? null,
    metadata: JSON.stringify(recording.metadata),
    overridden: JSON.stringify(recording.overridden),
    timing: JSON.stringify(recording.timing)
  }
}

/** What adds a sample and counts it in its import; one atomic write. */
export function addSample({ read }: Database, row: SampleRow): CompiledQuery[] {
  const counted = read
    .updateTable('imports')
    .set({
      samples: sql`samples + 1`,
      bytes: sql`bytes + ${row.bytes}`,
      first_at: sql`min(ifnull(first_at, ${row.at}), ${row.at})`,
      last_at: sql`max(ifnull(last_at, ${row.at}), ${row.at})`
    })
    .where('id', '=', row.import_id)
  return [read.insertInto('samples').values(row).compile(), counted.compile()]
}

export function toSampleSummary(row: SummaryRow): SampleSummary {
  return {
    id: row.id,
    project: row.project_id,
    importId: row.import_id,
    at: isoTimestamp(new Date(row.at)),
    image: { width: row.width, height: row.height },
    predictions: predictions.parse(JSON.parse(row.predictions)),
    verdict: row.verdict === null ? null : { outcome: outcome.parse(row.verdict), rule: row.verdict_rule }
  }
}

export function toSample(
  row: SampleRow & { import_name: string },
  neighbours: Pick<Sample, 'previous' | 'next'>
): Sample {
  return {
    ...toSampleSummary(row),
    requestId: row.request_id,
    importName: row.import_name,
    run: row.run_id,
    inference: inferenceOf(row),
    model: modelOf(row),
    reasons: reasons.parse(JSON.parse(row.reasons)),
    metadata: metadata.parse(JSON.parse(row.metadata)),
    overridden: texts.parse(JSON.parse(row.overridden)),
    timing: timing.parse(JSON.parse(row.timing)),
    fileName: row.file.slice(row.file.lastIndexOf('/') + 1),
    format: row.format,
    bytes: row.bytes,
    ...neighbours
  }
}

function inferenceOf(row: SampleRow): Sample['inference'] {
  const { inference_slug: slug, inference_name: name } = row
  return slug === null || name === null ? null : { slug, name }
}

function modelOf({ model_id: id, model_name: name, model_version: version }: SampleRow): Sample['model'] {
  return id === null || name === null ? null : { id, name, version: version ?? '' }
}

/** How many samples a project has, and its newest. */
export async function sampleTotals(
  { read }: Database,
  project: string
): Promise<{ samples: number; newest: string | null }> {
  const [counted, newest] = await Promise.all([
    read
      .selectFrom('imports')
      .where('project_id', '=', project)
      .select((build) => build.fn.sum<number | null>('samples').as('samples'))
      .executeTakeFirst(),
    read.selectFrom('samples').where('project_id', '=', project).select('id').orderBy('id', 'desc').limit(1).execute()
  ])
  return { samples: counted?.samples ?? 0, newest: newest[0]?.id ?? null }
}
