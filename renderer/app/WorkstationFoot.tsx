import { IconAlertTriangle, IconCheck, IconSquare } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Workstation } from '../../main/contract/index.ts'
import { useLive } from '../api/live.ts'
import { cx } from '../ui/cx.ts'
import { formatBytes, formatShare } from '../ui/format.ts'
import { Meter } from '../ui/Meter.tsx'
import { useWords } from '../ui/words/useWords.ts'
import { useFolded } from './useFolded.ts'
import styles from './Rail.module.css'

const nearFull = 0.9

/** How the workstation stands: what runs on it, and how much room it has left. */
export function WorkstationFoot() {
  const { t } = useWords()
  const now = useLive((state) => state.workstation)
  if (!now) return null
  const memory = now.memory.usedBytes / Math.max(1, now.memory.totalBytes)
  const used = 1 - now.disk.freeBytes / Math.max(1, now.disk.totalBytes)
  return (
    <>
      <Running />
      <Row label={t('foot.cpu')} share={now.cpu.share} near={false} value={formatShare(now.cpu.share)} />
      <Row label={t('foot.memory')} share={memory} near={memory > nearFull} value={formatBytes(now.memory.usedBytes)} />
      <Row label={t('foot.disk')} share={used} near={used > nearFull} value={formatBytes(now.disk.freeBytes)} />
    </>
  )
}

function Running() {
  const { t } = useWords()
  const counts = useLive((state) => state.workstation?.inferences)
  const folded = useFolded()
  if (!counts) return null
  const { look, Shape, text } = summary(counts)
  const of = t('foot.of', { total: counts.total })
  return (
    <Link
      to="/inferences"
      className={cx(styles.footRow, styles.running)}
      aria-label={folded ? [text, of].join(' ') : undefined}
    >
      <span className={cx(styles.healthy, look)}>
        <Shape size={15} stroke={2} aria-hidden />
        <span className={styles.word}>{text}</span>
      </span>
      <span className={styles.word}>{of}</span>
    </Link>
  )

  function summary({ healthy, failed }: Workstation['inferences']) {
    if (failed > 0) return { look: styles.bad, Shape: IconAlertTriangle, text: t('foot.failed', { count: failed }) }
    if (healthy > 0) return { look: styles.good, Shape: IconCheck, text: t('foot.healthy', { count: healthy }) }
    return { look: undefined, Shape: IconSquare, text: t('foot.none') }
  }
}

function Row(props: { label: string; share: number; value: string; near: boolean }) {
  return (
    <div className={styles.footRow}>
      <span className={styles.footLabel}>{props.label}</span>
      <Meter share={props.share} label={props.label} near={props.near} />
      <span className={styles.footValue}>{props.value}</span>
    </div>
  )
}
