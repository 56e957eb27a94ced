import type { Logger } from '../../base/logger.ts'
import type { TimeSource } from '../../base/timeSource.ts'
import type { StoredOutput } from '../../contract/index.ts'
import type { EventBus } from '../eventBus.ts'
import type { Recorder } from '../labels/recorder.ts'
import type { RunOutputs } from '../outputs/runOutputs.ts'
import type { RecentPredictions } from '../recent/recentPredictions.ts'
import type { ShiftCounters } from '../verdict/shiftCounters.ts'
import type { EngineFacts } from './loading.ts'
import type { RunMeasures } from './measures.ts'
import type { Scheduler } from './scheduler.ts'

/** What every run is given. */
export interface RunServices extends EngineFacts {
  recorder: Recorder
  events: EventBus
  logger: Logger
  scheduler: Scheduler
  /** Counts of one run, by its inference's slug. */
  measures: (slug: string) => RunMeasures
  counters: ShiftCounters
  recent: RecentPredictions
  /** Opens what a run sends its results to. */
  outputs: (setups: readonly StoredOutput[], logger: Logger, onChange: () => void) => RunOutputs
  /** Where an inference is called, by its slug. */
  endpoint: (slug: string) => string
  /** From 0 up to but not including 1. */
  random?: () => number
  time?: TimeSource
}
