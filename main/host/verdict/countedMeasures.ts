import type { RunMeasures } from '../inference/measures.ts'
import type { ShiftCounters } from './shiftCounters.ts'

/** Measures that count for the shift too. */
export function countedMeasures(measures: RunMeasures, counters: ShiftCounters, slug: string): RunMeasures {
  return {
    ...measures,
    answered(latest, timing) {
      measures.answered(latest, timing)
      counters.judged(slug, latest.verdict?.outcome ?? null)
    },
    failed(code) {
      measures.failed(code)
      counters.failed(slug)
    }
  }
}
