import { Select } from '@mantine/core'
import { useState } from 'react'
import type { Inference } from '../../main/contract/index.ts'
import { useLog } from '../api/logs.ts'
import { useRuns } from '../api/queries.ts'
import { logFileUrl } from '../api/urls.ts'
import { formatMoment } from '../ui/format.ts'
import { LogView } from '../ui/log/LogView.tsx'
import { Panel } from '../ui/Screen.tsx'
import { useWords } from '../ui/words/useWords.ts'

/** The log of the present or last run; those of earlier ones can be chosen. */
export function LogPanel({ inference }: { inference: Inference }) {
  const { t } = useWords()
  const { data: runs = [] } = useRuns(inference.slug)
  const [chosen, choose] = useState<string | null>(null)
  const newest = inference.run?.id ?? runs[0]?.id
  const run = chosen ?? newest
  const log = useLog(run)
  const choice = runs.length > 1 && (
    <Select
      size="xs"
      w={200}
      aria-label={t('log.ofRun')}
      value={run ?? null}
      onChange={(value) => choose(value === newest ? null : value)}
      data={runs.map(({ id, startedAt }) => ({ value: id, label: t('log.run', { time: formatMoment(startedAt) }) }))}
    />
  )
  return (
    <Panel title={t('log.title')}>
      <LogView key={run} log={log} href={run === undefined ? undefined : logFileUrl(run)} choice={choice} />
    </Panel>
  )
}
