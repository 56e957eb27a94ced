import { confidenceParts } from '../../main/contract/index.ts'
import { formatNumber } from '../ui/format.ts'
import { useWords } from '../ui/words/useWords.ts'
import { useEstimate } from './Estimates.tsx'
import { HistogramBars } from './HistogramBars.tsx'
import styles from './estimate.module.css'

/** The confidences of recent predictions, those within a range marked. */
export function ConfidencesHistogram({ from, to }: { from: number; to: number }) {
  const { t } = useWords()
  const { estimate } = useEstimate()
  const counts = estimate?.confidences ?? []
  const isIn = (at: number) => middleOf(at) >= from && middleOf(at) <= to
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  const values = { inside: formatNumber(sum(counts.filter((_, at) => isIn(at)))), shown: formatNumber(sum(counts)) }
  return (
    <div className={styles.confidences}>
      {sum(counts) > 0 ? (
        <HistogramBars counts={counts} isIn={isIn} label={t('setup.estimate.confidences', values)} />
      ) : (
        estimate !== undefined && <p>{t('setup.estimate.noConfidences')}</p>
      )}
    </div>
  )
}

const middleOf = (at: number) => (at + 0.5) / confidenceParts
