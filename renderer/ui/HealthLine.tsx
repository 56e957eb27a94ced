import { IconAlertTriangle, IconCheck, IconLoader2, IconMinus } from '@tabler/icons-react'
import type { HealthPart } from '../../main/contract/index.ts'
import { useWords } from './words/useWords.ts'
import styles from './HealthLine.module.css'

const looks = {
  good: { Shape: IconCheck, colour: 'var(--green)' },
  busy: { Shape: IconLoader2, colour: 'var(--blue)' },
  bad: { Shape: IconAlertTriangle, colour: 'var(--amber)' },
  off: { Shape: IconMinus, colour: 'var(--muted)' }
} as const

interface HealthLineProps {
  health: HealthPart['health']
  name: string
  text: string
  /** The text is the host's, in English. */
  isFromHost?: boolean
}

/** How one part stands, by icon and words. */
export function HealthLine({ health, name, text, isFromHost = false }: HealthLineProps) {
  const { t } = useWords()
  const { Shape, colour } = looks[health]
  return (
    <div className={styles.health}>
      <Shape size={16} color={colour} role="img" aria-label={t(`health.${health}`)} />
      <span>{name}</span>
      <span lang={isFromHost ? 'en' : undefined}>{text}</span>
    </div>
  )
}
