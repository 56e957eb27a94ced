import { useDebouncedValue } from '@mantine/hooks'
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import type { SamplingEstimate } from '../../main/contract/index.ts'
import { useSamplingEstimate } from '../api/queries.ts'
import { estimateQuestionOf } from './estimateQuestionOf.ts'
import type { SetupForm } from './useSetupForm.ts'

/** What is known of what a setup would do. */
interface Estimated {
  /** Null: the line sent nothing yet. Undefined: not answered yet. */
  estimate: SamplingEstimate | null | undefined
  /** It is of an earlier state of the setup. */
  isStale: boolean
}

const context = createContext<Estimated>({ estimate: undefined, isStale: false })

/** Long enough that a slider that moves is not asked about at every step. */
const restMs = 250

/** Asks once for all places that show a part of it. */
export function Estimates({
  form,
  slug,
  children
}: {
  form: SetupForm
  slug: string | undefined
  children: ReactNode
}) {
  const { draft, model, project } = form
  const question = useMemo(() => {
    const asked = estimateQuestionOf({ draft, model }, slug)
    return asked && JSON.stringify(asked)
  }, [draft, model, slug])
  const [rested] = useDebouncedValue(question, restMs)
  const { data: estimate, isPlaceholderData } = useSamplingEstimate(project, rested)
  const isStale = isPlaceholderData || question !== rested
  const value = useMemo(() => ({ estimate, isStale }), [estimate, isStale])
  return <context.Provider value={value}>{children}</context.Provider>
}

export function useEstimate(): Estimated {
  return useContext(context)
}
