import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Inference, VerdictCounts } from '../../main/contract/index.ts'
import { useSetup } from '../api/queries.ts'
import { formatMs, formatNumber, formatShare } from '../ui/format.ts'
import { Panel } from '../ui/Screen.tsx'
import { Sparkline } from '../ui/Sparkline.tsx'
import { rateTrend } from '../ui/trends.ts'
import { cx } from '../ui/cx.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './details.module.css'

/** The run's figures, the first thing to read. */
export function NumbersStrip({ inference: { slug, figures, run, project } }: { inference: Inference }) {
  const { t } = useWords()
  const { data: setup } = useSetup(slug)
  const { p50, p95, p99 } = figures.latencyMs
  const ms = (value: number | null) => (value === null ? '–' : formatMs(value))
  return (
    <Panel label={t('details.figures')}>
      <div className={styles.numbers}>
        <Figure label={t('details.throughput')}>
          <b className={styles.value}>{formatNumber(figures.perMinute)}</b> {t('units.perMinute')}
          <span className={styles.spark}>
            <Sparkline values={rateTrend(figures)} label={t('center.recent')} width={120} />
          </span>
        </Figure>
        <Figure label={t('details.latency')} className={styles.latency}>
          <b className={styles.value}>{ms(p50)}</b> p50 <b className={styles.value}>{ms(p95)}</b> p95{' '}
          <b className={styles.value}>{ms(p99)}</b> p99 ms
        </Figure>
        <Figure label={t('details.unknown')}>
          <b className={styles.value}>{figures.unknownShare === null ? '–' : formatShare(figures.unknownShare)}</b>
        </Figure>
        {setup?.verdict && <VerdictFigure counts={figures.verdicts} />}
        <Figure label={t('details.requests')}>
          <b className={styles.value}>{formatNumber(figures.requests)}</b>
          {figures.failures > 0 && (
            <span className={styles.error}>{t('details.failures', { count: figures.failures })}</span>
          )}
          {figures.queued > 0 && <span>{t('details.waiting', { count: figures.queued })}</span>}
        </Figure>
        <Figure label={t('details.recorded')}>
          <b className={styles.value}>{formatNumber(figures.recorded)}</b>
          {run && figures.recorded > 0 && (
            <Link style={{ marginLeft: 'auto' }} to={`/projects/${project.id}/samples?import=${run.importId}`}>
              {t('details.see')}
            </Link>
          )}
        </Figure>
      </div>
    </Panel>
  )
}

/** The share that is rejected, and how many gave a warning. */
function VerdictFigure({ counts: { ok, warn, ng } }: { counts: VerdictCounts }) {
  const { t } = useWords()
  const judged = ok + warn + ng
  return (
    <Figure label={t('details.verdict')}>
      <b className={styles.value}>{judged === 0 ? '–' : formatShare(ng / judged)}</b> NG
      {warn > 0 && <span className={styles.warn}>{t('details.warned', { share: formatShare(warn / judged) })}</span>}
    </Figure>
  )
}

function Figure(props: { label: string; className?: string | undefined; children: ReactNode }) {
  return (
    <div className={cx(styles.number, props.className)}>
      <div className={styles.label}>{props.label}</div>
      <div className={styles.values}>{props.children}</div>
    </div>
  )
}
