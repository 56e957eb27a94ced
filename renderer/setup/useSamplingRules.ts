import { sampling } from '../../main/contract/index.ts'
import { samplingWords } from '../ui/setupWords.ts'
import type { Draft } from './draft.ts'
import { samplingOf } from './samplingDraft.ts'
import { useWords } from '../ui/words/useWords.ts'

/** Each rule that is on, in words; null while one of them cannot be read. */
export function useSamplingRules(draft: Draft): string[] | null {
  const { t } = useWords()
  const { data } = sampling.safeParse(samplingOf(draft.sampling))
  const included = draft.sizes.on ? draft.sizes.thresholds.filter((one) => one.includeInSampling) : []
  const sizes = included.map(({ name }) => name)
  return data ? samplingWords(t, data, sizes) : null
}
