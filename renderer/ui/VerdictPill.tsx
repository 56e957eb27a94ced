import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import type { Outcome, Verdict } from '../../main/contract/index.ts'
import { useWords } from './words/useWords.ts'
import styles from './StatusPill.module.css'

const looks = {
  OK: { Shape: IconCheck, role: 'green' },
  WARN: { Shape: IconAlertTriangle, role: 'amber' },
  NG: { Shape: IconX, role: 'red' }
} as const

/** Colour of an outcome, as text. */
export const outcomeColour = (outcome: Outcome) => `var(--${looks[outcome].role})`

/** What was said of an image, by colour, icon and word together, with the rule that says so. */
export function VerdictPill({ verdict: { outcome, rule } }: { verdict: Verdict }) {
  const { t } = useWords()
  const { Shape, role } = looks[outcome]
  const colours = { '--pill': `var(--${role})`, '--pill-tint': `var(--${role}-tint)` } as CSSProperties
  return (
    <span className={styles.pill} style={colours} data-outcome={outcome}>
      <Shape size={15} stroke={1.8} aria-hidden />
      {rule === null ? outcome : t('verdict.by', { outcome, rule })}
    </span>
  )
}
