import type { Inference, Model, ShiftCounter } from '../../contract/index.ts'
import { isoTimestamp } from '../clock.ts'
import { setupOf, type NamedRow } from './inferenceRows.ts'
import { noFigures } from './measures.ts'

/** An inference that has not run since the host started. */
export function describeStopped(
  row: NamedRow,
  { id, spec }: Model,
  endpoint: string,
  counter: ShiftCounter
): Inference {
  return {
    slug: row.slug,
    name: row.name,
    type: setupOf(row).type,
    project: { id: row.project_id, name: row.project_name },
    status: 'stopped',
    reason: row.stop_reason,
    since: isoTimestamp(new Date(row.stopped_at ?? row.created_at)),
    nextTryAt: null,
    lastPreparingMs: null,
    shutdownAt: null,
    nextModel: null,
    refusedImages: 0,
    queue: null,
    endpoint,
    model: { id, name: spec.name, version: spec.version, task: spec.task },
    run: null,
    instances: [],
    counter,
    outputs: [],
    figures: noFigures()
  }
}
