import { sql, type CompiledQuery } from 'kysely'
import type { Stage } from '../../contract/index.ts'
import type { Database } from '../database/database.ts'
import type { StoredSpan } from './spanFigures.ts'

/** SQL of the table `figures`: what happened in a span of time, by inference, length of the span and its beginning. */

/** A span of an inference. Times are epoch ms, its length is in seconds. */
export interface SpanKey {
  slug: string
  step: number
  at: number
}

const stored = ['counts', 'latencies', 'most_queued'] as const

export function storedSpan({ read }: Database, { slug, step, at }: SpanKey): Promise<StoredSpan | undefined> {
  const spans = read.selectFrom('figures').select(stored).where('inference_slug', '=', slug)
  return spans.where('step', '=', step).where('at', '=', at).executeTakeFirst()
}

/** Nothing is written where the inference is not there any more. */
export function putSpan({ read }: Database, { slug, step, at }: SpanKey, span: StoredSpan): CompiledQuery {
  const { counts, latencies, most_queued: mostQueued } = span
  const inference = read
    .selectFrom('inferences')
    .where('slug', '=', slug)
    .select((build) => [
      'slug',
      build.val(step).as('step'),
      build.val(at).as('at'),
      build.val(counts).as('counts'),
      build.val(latencies).as('latencies'),
      build.val(mostQueued).as('most_queued')
    ])
  return read
    .insertInto('figures')
    .columns(['inference_slug', 'step', 'at', ...stored])
    .expression(inference)
    .onConflict((conflict) => conflict.columns(['inference_slug', 'step', 'at']).doUpdateSet(span))
    .compile()
}

/** Spans from this moment on, the oldest first, with the latencies of one stage. */
export function spansSince(
  { read }: Database,
  { slug, step, at }: SpanKey,
  stage: Stage
): Promise<(StoredSpan & { at: number })[]> {
  const one = sql<string>`json_object(${stage}, latencies ->> ${`$.${stage}`})`
  const latencies = sql<string>`iif(latencies ->> ${`$.${stage}`} is null, '{}', ${one})`
  const spans = read.selectFrom('figures').select(['at', 'counts', 'most_queued', latencies.as('latencies')])
  return spans.where('inference_slug', '=', slug).where('step', '=', step).where('at', '>=', at).orderBy('at').execute()
}

/** Spans of this length that began before this moment go. */
export function dropSpansBefore({ read }: Database, step: number, at: number): CompiledQuery {
  return read.deleteFrom('figures').where('step', '=', step).where('at', '<', at).compile()
}
