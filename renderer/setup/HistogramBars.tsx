import { cx } from '../ui/cx.ts'
import styles from './histogram.module.css'

interface HistogramBarsProps {
  /** Of equal parts of a scale. */
  counts: readonly number[]
  /** Whether a part is marked. */
  isIn: (at: number) => boolean
  label: string
}

/** Bars over a scale, those of a range marked; they fill what they stand in. */
export function HistogramBars({ counts, isIn, label }: HistogramBarsProps) {
  const most = Math.max(...counts)
  return (
    <div className={styles.bars} role="img" aria-label={label}>
      {counts.map((count, at) => (
        <span
          key={at}
          className={cx(styles.bar, isIn(at) && styles.inRange)}
          style={{ height: `${(count / most) * 100}%` }}
        />
      ))}
    </div>
  )
}
