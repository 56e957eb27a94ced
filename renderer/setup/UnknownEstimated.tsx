import { formatNumber, formatShare } from '../ui/format.ts'
import { RichWords } from '../ui/words/RichWords.tsx'
import { useWords } from '../ui/words/useWords.ts'
import { useEstimate } from './Estimates.tsx'
import styles from './estimate.module.css'

const strong = { b: <strong /> }
const words = `${styles.said} ${styles.unknown}`

/** How many recent predictions would be unknown with the thresholds that are shown, and how many were. */
export function UnknownEstimated() {
  const { t } = useWords()
  const { estimate, isStale } = useEstimate()
  if (estimate === undefined) return <p className={words} />
  const { predictions, now, then } = estimate?.unknown ?? { predictions: 0, now: 0, then: 0 }
  if (predictions === 0) return <p className={words}>{t('setup.estimate.noneUnknown')}</p>
  return (
    <p className={words} data-stale={isStale}>
      <RichWords
        i18nKey="setup.estimate.unknown"
        components={strong}
        values={{
          shown: formatNumber(predictions),
          then: formatNumber(then),
          share: formatShare(then / predictions),
          now: formatNumber(now),
          shareNow: formatShare(now / predictions)
        }}
      />
    </p>
  )
}

/** The same of one class. */
export function UnknownOfClass({ name }: { name: string }) {
  const { t } = useWords()
  const { estimate, isStale } = useEstimate()
  const found = estimate?.unknown.classes.find((one) => one.class === name)
  if (!found) return null
  const { predictions, then } = found
  return (
    <span className={styles.ofClass} data-stale={isStale}>
      {predictions === 0
        ? t('setup.estimate.noneOf')
        : t('setup.estimate.unknownOf', { then: formatNumber(then), shown: formatNumber(predictions) })}
    </span>
  )
}
