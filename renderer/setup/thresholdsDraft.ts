import { latestFor, thresholdsOf, type Model, type Optimization, type Setup } from '../../main/contract/index.ts'

/** Class thresholds as the form holds them; values that were typed stay while another source is chosen. */
export interface ThresholdsDraft {
  source: Setup['classThresholds']['source']
  /** The chosen one, while the source is `optimization`. */
  optimization: string | null
  values: Record<string, number | string>
}

/** A new inference takes the most recent optimization, where there is one (F12). */
export function newThresholds(optimizations: readonly Optimization[]): ThresholdsDraft {
  return { source: optimizations.length > 0 ? 'latest' : 'none', optimization: null, values: {} }
}

/** The form's thresholds of a stored setup. */
export function thresholdsDraftOf(stored: Setup['classThresholds']): ThresholdsDraft {
  return {
    source: stored.source,
    optimization: stored.source === 'optimization' ? stored.optimization : null,
    values: stored.source === 'manual' ? stored.values : {}
  }
}

/** The setup's class thresholds. */
export function classThresholdsOf({ source, optimization, values }: ThresholdsDraft) {
  if (source === 'manual') return { source, values }
  return source === 'optimization' ? { source, optimization } : { source }
}

/** Without what was typed for classes that another model does not have. */
export function thresholdsFor(draft: ThresholdsDraft, classes: readonly string[]): ThresholdsDraft {
  const kept = Object.entries(draft.values).filter(([name]) => classes.includes(name))
  return { ...draft, values: Object.fromEntries(kept) }
}

/** The optimization that the thresholds come from as things stand now. @param optimizations The newest first */
export function chosenOptimization(
  { source, optimization }: ThresholdsDraft,
  model: string | undefined,
  optimizations: readonly Optimization[]
): Optimization | undefined {
  if (source === 'latest') return model === undefined ? undefined : latestFor(model, optimizations)
  return source === 'optimization' ? optimizations.find(({ id }) => id === optimization) : undefined
}

/** The threshold of each class of the model, as things stand now. */
export function shownThresholds(
  draft: ThresholdsDraft,
  model: Model | undefined,
  optimizations: readonly Optimization[]
): Record<string, number | string> {
  const classes = model?.spec.classes ?? []
  if (draft.source === 'manual') {
    const given = new Map(Object.entries(draft.values))
    return Object.fromEntries(classes.map((name) => [name, given.get(name) ?? 0]))
  }
  const chosen = chosenOptimization(draft, model?.id, optimizations)
  return chosen ? thresholdsOf(chosen, classes) : Object.fromEntries(classes.map((name) => [name, 0]))
}
