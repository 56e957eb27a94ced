import { SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { LogRecord } from '../../main/contract/index.ts'
import { useLogs } from '../api/live.ts'
import { formatSeconds } from '../ui/format.ts'
import { Panel } from '../ui/Screen.tsx'
import layout from '../ui/layout.module.css'
import { useWords } from '../ui/words/useWords.ts'
import styles from './details.module.css'

/** The inference's log as it grows, with a level filter and a search. */
export function LogPanel({ slug }: { slug: string }) {
  const { t } = useWords()
  const lines = useLogs(slug)
  const [level, setLevel] = useState('all')
  const [text, setText] = useState('')
  const warnings = lines.filter(isWarning)
  const shown = (level === 'all' ? lines : warnings).filter((line) =>
    line.message.toLowerCase().includes(text.toLowerCase())
  )
  return (
    <Panel
      title={t('details.log')}
      actions={
        <div className={styles.logTools}>
          <TextInput
            size="xs"
            w={130}
            leftSection={<IconSearch size={14} />}
            placeholder={t('center.find')}
            aria-label={t('details.findInLog')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <SegmentedControl
            size="xs"
            value={level}
            onChange={setLevel}
            data={[
              { value: 'all', label: t('details.allLines', { count: lines.length }) },
              { value: 'warnings', label: t('details.warnings', { count: warnings.length }) }
            ]}
          />
        </div>
      }
    >
      <LogLines lines={shown} empty={t('details.noLines')} />
    </Panel>
  )
}

const isWarning = (line: LogRecord) => line.level === 'warn' || line.level === 'error'

/** Log lines, the newest at the end; stays at the end while someone reads there. */
export function LogLines({ lines, empty }: { lines: readonly LogRecord[]; empty: string }) {
  const { t } = useWords()
  const area = useRef<HTMLDivElement>(null)
  const following = useRef(true)
  useEffect(() => {
    if (following.current) area.current?.scrollTo(0, area.current.scrollHeight)
  }, [lines])
  return (
    <div
      ref={area}
      className={styles.log}
      role="log"
      tabIndex={0}
      aria-label={t('details.log')}
      onScroll={({ currentTarget: it }) => {
        following.current = it.scrollHeight - it.scrollTop - it.clientHeight < 24
      }}
    >
      {lines.length === 0 && <p className={layout.muted}>{empty}</p>}
      {lines.map((line, index) => (
        <p key={`${line.at} ${index}`}>
          {formatSeconds(line.at)} <span className={levelClass(line.level)}>{line.level}</span> {line.message}
        </p>
      ))}
    </div>
  )
}

function levelClass(level: LogRecord['level']) {
  if (level === 'error') return styles.error
  return level === 'warn' ? styles.warn : undefined
}
