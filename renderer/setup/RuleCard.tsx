import { Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { RuleRate } from './RuleRate.tsx'
import type { RuleKey } from './samplingDraft.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

interface RuleCardProps {
  rule: RuleKey
  on: boolean
  onSwitch: (on: boolean) => void
  /** How often it records, as far as that can be said before there are predictions. */
  rateBefore?: string | undefined
  children?: ReactNode
}

/** A sampling rule: its switch, and what it needs while it is on, and how often it alone would record. */
export function RuleCard({ rule, on, onSwitch, rateBefore, children }: RuleCardProps) {
  const { t } = useWords()
  return (
    <div className={styles.rule}>
      <div className={styles.ruleHead}>
        <Switch
          label={t(`setup.sampling.${rule}`)}
          description={t(`setup.sampling.${rule}Help`)}
          checked={on}
          onChange={(event) => onSwitch(event.currentTarget.checked)}
        />
        {on && <RuleRate rule={rule} before={rateBefore} />}
      </div>
      {on && children && <div className={styles.ruleBody}>{children}</div>}
    </div>
  )
}
