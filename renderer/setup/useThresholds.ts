import { useMemo } from 'react'
import { useOptimizations } from '../api/queries.ts'
import { chosenOptimization, shownThresholds } from './thresholdsDraft.ts'
import type { SetupForm } from './useSetupForm.ts'

/** What a setup's class thresholds come to as things stand now. */
export function useThresholds({ draft: { classThresholds: draft }, model, project }: SetupForm) {
  const { data } = useOptimizations(project)
  return useMemo(() => {
    const optimizations = data ?? []
    return {
      optimizations,
      chosen: chosenOptimization(draft, model?.id, optimizations),
      shown: shownThresholds(draft, model, optimizations)
    }
  }, [draft, model, data])
}
