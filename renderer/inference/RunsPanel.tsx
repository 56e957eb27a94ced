import { Link } from 'react-router'
import type { Inference } from '../../main/contract/index.ts'
import { useRuns } from '../api/queries.ts'
import { formatMoment, formatNumber } from '../ui/format.ts'
import { runReasonWords } from '../ui/runReasonWords.ts'
import { Panel } from '../ui/Screen.tsx'
import layout from '../ui/layout.module.css'
import { useWords } from '../ui/words/useWords.ts'
import styles from './details.module.css'

/** The last runs of the inference, each with its samples. */
export function RunsPanel({ inference }: { inference: Inference }) {
  const { t } = useWords()
  const { data: runs = [] } = useRuns(inference.slug)
  return (
    <Panel title={t('details.runs')}>
      {runs.length === 0 ? (
        <p className={`${layout.muted} ${styles.pad}`} style={{ margin: 0 }}>
          {t('details.noRuns')}
        </p>
      ) : (
        <table className={layout.table}>
          <thead>
            <tr>
              <th>{t('details.runColumns.started')}</th>
              <th>{t('details.runColumns.ended')}</th>
              <th>{t('details.runColumns.why')}</th>
              <th className={layout.right}>{t('details.runColumns.samples')}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.id}>
                <td>{formatMoment(run.startedAt)}</td>
                <td>{run.endedAt ? formatMoment(run.endedAt) : t('details.running')}</td>
                <td className={layout.muted}>{runReasonWords(t, run.endReason)}</td>
                <td className={layout.right}>
                  {run.samples > 0 ? (
                    <Link to={`/projects/${run.project}/samples?import=${run.importId}`}>
                      {formatNumber(run.samples)}
                    </Link>
                  ) : (
                    '0'
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
