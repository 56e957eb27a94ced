import { cx } from './cx.ts'
import styles from './Meter.module.css'

interface MeterProps {
  /** 0 to 1. */
  share: number
  label: string
  /** Near its end: drawn in amber. */
  near?: boolean
}

/** A thin bar that shows a share of something limited. */
export function Meter({ share, label, near = false }: MeterProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100)
  return (
    <div
      className={styles.track}
      role="meter"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <div className={cx(styles.bar, near && styles.near)} style={{ width: `${percent}%` }} />
    </div>
  )
}
