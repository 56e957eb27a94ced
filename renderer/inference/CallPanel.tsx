import { Tabs } from '@mantine/core'
import { useState } from 'react'
import { callExample, callLanguages, type CallLanguage } from '../../main/contract/index.ts'
import { useSettings } from '../api/queries.ts'
import { CodeBlock, CopyButton } from '../ui/CopyBlock.tsx'
import { Panel } from '../ui/Screen.tsx'
import layout from '../ui/layout.module.css'
import { useWords } from '../ui/words/useWords.ts'
import styles from './details.module.css'

/** The call of this inference, ready to be copied. */
export function CallPanel({ endpoint, onCopied }: { endpoint: string; onCopied: () => void }) {
  const { t } = useWords()
  const [language, setLanguage] = useState<CallLanguage>('curl')
  const withKey = useSettings().data?.requireKeys ?? false
  const text = callExample(language, endpoint, withKey)
  return (
    <Panel label={t('details.call')}>
      <Tabs value={language} onChange={(value) => setLanguage(callLanguages.find((item) => item === value) ?? 'curl')}>
        <div className={styles.tabs}>
          <Tabs.List h={44} className={styles.tabList ?? ''}>
            {callLanguages.map((item) => (
              <Tabs.Tab key={item} value={item} px={10}>
                {item}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <CopyButton text={text} onCopied={onCopied} />
        </div>
        {callLanguages.map((item) => (
          <Tabs.Panel key={item} value={item}>
            <CodeBlock
              text={callExample(item, endpoint, withKey)}
              address={endpoint}
              label={t('details.callIn', { language: item })}
            />
          </Tabs.Panel>
        ))}
      </Tabs>
      <p className={`${layout.small} ${styles.callNote}`}>{t('details.callNote')}</p>
    </Panel>
  )
}
