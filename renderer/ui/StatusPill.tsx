import { IconAlertTriangle, IconCheck, IconClock, IconLoader2, IconSquare, type Icon } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import type { InferenceStatus } from '../../main/contract/index.ts'
import { useWords } from './words/useWords.ts'
import styles from './StatusPill.module.css'

interface Look {
  icon: Icon
  role: string
  spins?: true
}

/** Colour and icon of each status; its word stands in the catalogue. */
export const statusLooks: Record<InferenceStatus, Look> = {
  healthy: { icon: IconCheck, role: 'green' },
  queued: { icon: IconClock, role: 'slate' },
  preparing: { icon: IconLoader2, role: 'blue', spins: true },
  failed: { icon: IconAlertTriangle, role: 'red' },
  stopping: { icon: IconLoader2, role: 'amber', spins: true },
  stopped: { icon: IconSquare, role: 'gray' }
}

/** The order in which statuses are counted and chosen. */
export const statusOrder: InferenceStatus[] = ['healthy', 'preparing', 'queued', 'failed', 'stopping', 'stopped']

export function statusColours(status: InferenceStatus): CSSProperties {
  const { role } = statusLooks[status]
  return { '--pill': `var(--${role})`, '--pill-tint': `var(--${role}-tint)` } as CSSProperties
}

export function StatusIcon({ status, size = 15 }: { status: InferenceStatus; size?: number }) {
  const { icon: Shape, spins } = statusLooks[status]
  return <Shape size={size} stroke={1.8} aria-hidden {...(spins ? { className: styles.spin ?? '' } : {})} />
}

/** A status by colour, icon and word together. */
export function StatusPill({ status }: { status: InferenceStatus }) {
  const { t } = useWords()
  return (
    <span className={styles.pill} style={statusColours(status)} data-status={status}>
      <StatusIcon status={status} />
      {t(`status.${status}`)}
    </span>
  )
}
