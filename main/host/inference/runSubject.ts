import type { Computed } from './loading.ts'
import type { RunFacts } from './predictionPath.ts'

/** What a run is of. */
export interface RunSubject extends Computed {
  run: RunFacts['run']
  project: { id: string; name: string }
  /** How long its inference took to become healthy the last time. */
  lastPreparingMs: number | null
}
