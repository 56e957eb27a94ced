import { useLog } from '../api/logs.ts'
import { logFileUrl } from '../api/urls.ts'
import { LogView } from '../ui/log/LogView.tsx'
import { Panel } from '../ui/Screen.tsx'
import { useWords } from '../ui/words/useWords.ts'

/** The application's log, in which are the lines of all runs too. */
export function HostLog() {
  const { t } = useWords()
  return (
    <Panel title={t('log.title')}>
      <LogView log={useLog('app')} href={logFileUrl('app')} isShared />
    </Panel>
  )
}
