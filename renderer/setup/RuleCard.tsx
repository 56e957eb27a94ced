import { Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import type { RuleKey } from './samplingDraft.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

interface RuleCardProps {
  rule: RuleKey
  on: boolean
  onSwitch: (on: boolean) => void
  children?: ReactNode
}

/** A sampling rule: its switch, and what it needs while it is on. */
export function RuleCard({ rule, on, onSwitch, children }: RuleCardProps) {
  const { t } = useWords()
  return (
    <div className={styles.rule}>
      <Switch
        label={t(`setup.sampling.${rule}`)}
        description={t(`setup.sampling.${rule}Help`)}
        checked={on}
        onChange={(event) => onSwitch(event.currentTarget.checked)}
      />
      {on && children && <div className={styles.ruleBody}>{children}</div>}
    </div>
  )
}
