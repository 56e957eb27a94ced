import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Inference } from '../../main/contract/index.ts'
import { useLastLines } from '../api/live.ts'
import { LogText } from '../ui/log/LogText.tsx'
import { StatusReason } from '../ui/StatusReason.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './details.module.css'

/** Why a failed inference does not run, its last log lines, and what to do. Stands above everything else. */
export function FailedPanel({ inference }: { inference: Inference }) {
  const { t } = useWords()
  const lines = useLastLines(inference.slug, 20)
  return (
    <section className={styles.failed} aria-label={t('details.whyFailed')}>
      <header className={styles.failedHead}>
        <IconAlertTriangle size={18} aria-hidden />
        <div className={styles.failedWords}>
          <h2>
            <StatusReason inference={inference} />
          </h2>
          <p>{inference.nextTryAt ? t('details.failedWaits') : t('details.failedForGood')}</p>
        </div>
        <Button component={Link} to={`/projects/${inference.project.id}/models`} variant="default" size="compact-md">
          {t('details.failedModels')}
        </Button>
      </header>
      <div className={styles.lastLines} role="log" lang="en" tabIndex={0} aria-label={t('details.failedLines')}>
        {lines.length === 0 && t('log.empty')}
        {lines.map((line) => (
          <LogText key={line.seq} line={line} />
        ))}
      </div>
    </section>
  )
}
