import { latestFor, thresholdsOf, type Model, type Optimization, type Setup } from '../../contract/index.ts'
import type { Logger } from '../../base/logger.ts'
import type { Database } from '../database/database.ts'
import { optimizationsOfProject } from '../optimization/optimizationRows.ts'

/** F12: where a run's class thresholds come from. A class that is absent is never unknown. */

export interface ResolvedThresholds {
  values: Record<string, number>
  /** What somebody should know of them. */
  warning?: string
}

/** The thresholds of a run that starts now; a warning goes to the inference's log. */
export async function thresholdsOfRun(
  { database, logger }: { database: Database; logger: Logger },
  setup: Setup,
  model: Model
): Promise<Record<string, number>> {
  const optimizations = await optimizationsOfProject(database, setup.project)
  const { values, warning } = resolveThresholds(setup, model, optimizations)
  if (warning !== undefined) logger.child({ inference: setup.slug }).warn(warning)
  return values
}

/** @param optimizations Of the project, the newest first */
export function resolveThresholds(
  { classThresholds: given }: Pick<Setup, 'classThresholds'>,
  model: Pick<Model, 'id' | 'spec'>,
  optimizations: readonly Optimization[]
): ResolvedThresholds {
  if (given.source === 'none') return { values: {} }
  if (given.source === 'manual') return { values: given.values }
  const isLatest = given.source === 'latest'
  const chosen = isLatest
    ? latestFor(model.id, optimizations)
    : optimizations.find(({ id }) => id === given.optimization)
  if (!chosen)
    return { values: {}, warning: isLatest ? noneYet : 'the chosen optimization is gone: no prediction is unknown' }
  const values = thresholdsOf(chosen, model.spec.classes)
  return chosen.model.id === model.id ? { values } : { values, warning: otherModel(chosen) }
}

const noneYet = 'the project has no optimization: no prediction is unknown'

function otherModel({ at, model: { name, version } }: Optimization): string {
  return `the class thresholds come from the optimization of ${at}, which was computed with another model: “${name}” ${version}`
}
