import { useWords } from '../ui/words/useWords.ts'
import { useEstimate } from './Estimates.tsx'
import { aboutNumber, ofThousand } from './estimateWords.ts'
import styles from './estimate.module.css'

/** What including a size threshold in sampling would record by itself. */
export function SizeRate({ name }: { name: string }) {
  const { t } = useWords()
  const { estimate, isStale } = useEstimate()
  const found = estimate?.rules.find(({ rule }) => rule === `size:${name}`)
  if (!estimate || !found) return null
  const { perHour, samples } = found
  return (
    <span className={styles.short} data-stale={isStale}>
      {perHour === null
        ? t('setup.estimate.sizeOf', ofThousand(samples, estimate.basis.requests))
        : t('setup.estimate.sizeAnHour', { value: aboutNumber(perHour) })}
    </span>
  )
}
