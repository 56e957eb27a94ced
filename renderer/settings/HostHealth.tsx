import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useHealth } from '../api/queries.ts'
import { diagnosticsUrl } from '../api/urls.ts'
import { HealthLine } from '../ui/HealthLine.tsx'
import { Panel } from '../ui/Screen.tsx'
import { useWords } from '../ui/words/useWords.ts'
import layout from '../ui/layout.module.css'
import styles from './settings.module.css'

const partNames = {
  host: 'settings.parts.host',
  database: 'settings.parts.database',
  disk: 'settings.parts.disk',
  'label store': 'settings.parts.store',
  log: 'settings.parts.log'
} as const

/** How Lineside's own parts stand, and an archive for whoever helps. */
export function HostHealth() {
  const { t } = useWords()
  const { data } = useHealth()
  return (
    <Panel title={t('settings.health')}>
      {data?.parts.map(({ part, health, says }) => (
        <HealthLine key={part} health={health} name={nameOf(part)} text={says} isFromHost />
      ))}
      <div className={styles.row}>
        <div className={layout.small}>{t('settings.diagnosticsHelp')}</div>
        <Button
          component="a"
          href={diagnosticsUrl()}
          download
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          {t('settings.diagnostics')}
        </Button>
      </div>
    </Panel>
  )

  function nameOf(part: string) {
    const known = Object.entries(partNames).find(([name]) => name === part)
    return known ? t(known[1]) : part
  }
}
