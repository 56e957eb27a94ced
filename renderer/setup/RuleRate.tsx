import { useWords } from '../ui/words/useWords.ts'
import { useEstimate } from './Estimates.tsx'
import { rateWords } from './estimateWords.ts'
import styles from './estimate.module.css'

interface RuleRateProps {
  /** As the estimate names it. */
  rule: string
  /** What can be said before there are predictions. */
  before?: string | undefined
}

/** How often a rule alone would record. */
export function RuleRate({ rule, before }: RuleRateProps) {
  const { t } = useWords()
  const { estimate, isStale } = useEstimate()
  const found = estimate?.rules.find((one) => one.rule === rule)
  return (
    <span className={styles.rate} data-stale={isStale}>
      {estimate && found ? rateWords(t, found, estimate) : estimate === null && before}
    </span>
  )
}
