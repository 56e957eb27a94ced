import type { Figures, Inference, Instance, OutputHealth, ShiftCounter } from '../../contract/index.ts'
import { isoTimestamp } from '../clock.ts'
import type { RunState } from './runState.ts'
import type { RunSubject } from './runSubject.ts'

/** What of a run is of the moment. */
export interface RunMoment {
  state: RunState
  queue: Inference['queue']
  lastPreparingMs: number | null
  /** Epoch ms. */
  shutdownAt: number | null
  nextModel: Inference['nextModel']
  instances: Instance[]
  refusedImages: number
  counter: ShiftCounter
  outputs: OutputHealth[]
  figures: Figures
}

/** A run as its inference shows it. */
export function describeRun({ run, setup, project, model }: RunSubject, endpoint: string, now: RunMoment): Inference {
  const { state, shutdownAt, ...shown } = now
  const { status, reason, since, nextTryAt } = state
  const { id, spec } = model
  return {
    slug: setup.slug,
    name: setup.name,
    type: setup.type,
    project,
    status,
    reason,
    since: isoTimestamp(new Date(since)),
    nextTryAt: momentOf(nextTryAt),
    shutdownAt: status === 'stopped' ? null : momentOf(shutdownAt),
    endpoint,
    model: { id, name: spec.name, version: spec.version, task: spec.task },
    run: status === 'stopped' ? null : { id: run.id, importId: run.importId, startedAt: isoTimestamp(run.startedAt) },
    ...shown
  }
}

function momentOf(at: number | null): string | null {
  return at === null ? null : isoTimestamp(new Date(at))
}
