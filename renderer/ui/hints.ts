import { useCallback } from 'react'
import { useLocalStorage } from '@mantine/hooks'

/** The three hints of the first start, in their order. Each goes for good once it was followed or closed. */
export const hintSteps = ['run', 'try', 'sample', 'done'] as const
export type HintStep = (typeof hintSteps)[number]

interface Hints {
  step: HintStep
}

/** Which hint is due, and what goes on from it. */
export function useHints() {
  const [hints, setHints] = useLocalStorage<Hints>({
    key: 'lineside.hints',
    defaultValue: { step: 'run' },
    getInitialValueInEffect: false
  })
  const pass = useCallback(
    (step: HintStep) =>
      setHints((now) => (now.step === step ? { step: hintSteps[hintSteps.indexOf(step) + 1] ?? 'done' } : now)),
    [setHints]
  )
  return [hints, pass] as const
}
