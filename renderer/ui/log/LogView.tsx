import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { IconDownload, IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react'
import type { LogRecord } from '../../../main/contract/index.ts'
import { formatNumber } from '../format.ts'
import { filterLines } from './filterLines.ts'
import { LogLines } from './LogLines.tsx'
import { errorWords } from '../errorWords.ts'
import { useWords } from '../words/useWords.ts'
import styles from './log.module.css'

const levels = ['debug', 'info', 'warn', 'error'] as const

interface LogViewProps {
  /** What is kept and what has come since, the oldest line first. */
  log: { kept: readonly LogRecord[]; live: readonly LogRecord[]; isLoading: boolean; error: Error | null }
  /** Where the whole log can be had as a file; absent where there is none. */
  href: string | undefined
  /** Whether lines of several inferences are in it. */
  isShared?: boolean
  /** Chooses among logs. */
  choice?: ReactNode
}

/** A log as it grows, with a filter by level and by text. Only the lines in sight are drawn. */
export function LogView({ log: { kept, live, isLoading, error }, href, isShared = false, choice }: LogViewProps) {
  const { t } = useWords()
  const [level, setLevel] = useState<LogRecord['level']>('info')
  const [text, setText] = useState('')
  const [isFollowing, setFollowing] = useState(true)
  // Typing stays ahead of a search through a hundred thousand lines.
  const sought = useDeferredValue(text)
  const shownKept = useMemo(() => filterLines(kept, { level, text: sought }), [kept, level, sought])
  const shownLive = useMemo(() => filterLines(live, { level, text: sought }), [live, level, sought])
  const [count, total] = [shownKept.length + shownLive.length, kept.length + live.length]
  return (
    <>
      <div className={styles.tools}>
        {choice}
        <SegmentedControl
          size="xs"
          aria-label={t('log.level')}
          value={level}
          onChange={(value) => setLevel(levels.find((each) => each === value) ?? 'info')}
          data={levels.map((value) => ({ value, label: t(`log.levels.${value}`) }))}
        />
        <TextInput
          size="xs"
          w={180}
          leftSection={<IconSearch size={14} />}
          placeholder={t('log.find')}
          aria-label={t('log.find')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Switch
          size="sm"
          label={t('log.follow')}
          checked={isFollowing}
          onChange={(event) => setFollowing(event.currentTarget.checked)}
        />
        <span className={styles.count}>
          {t('log.count', { shown: formatNumber(count), total: formatNumber(total) })}
        </span>
        {href !== undefined && (
          <Button
            component="a"
            href={href}
            download
            variant="default"
            size="xs"
            leftSection={<IconDownload size={14} />}
          >
            {t('log.download')}
          </Button>
        )}
      </div>
      {error && <p className={styles.empty}>{t('log.failed', { why: errorWords(t, error) ?? '' })}</p>}
      {!error && count === 0 && <p className={styles.empty}>{t(isLoading ? 'log.loading' : 'log.empty')}</p>}
      <LogLines
        kept={shownKept}
        live={shownLive}
        areNamed={isShared}
        isFollowing={isFollowing}
        onFollow={setFollowing}
      />
    </>
  )
}
