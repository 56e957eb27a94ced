import { ActionIcon } from '@mantine/core'
import { IconSparkles, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useWords } from './words/useWords.ts'
import styles from './Hint.module.css'

/** One step of the first start, in place. */
export function Hint({ text, action, onClose }: { text: string; action?: ReactNode; onClose: () => void }) {
  const { t } = useWords()
  return (
    <aside className={styles.hint} aria-label={t('hints.label')}>
      <IconSparkles size={18} color="var(--accent)" aria-hidden />
      <p className={styles.text}>{text}</p>
      {action}
      <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('hints.close')} onClick={onClose}>
        <IconX size={16} />
      </ActionIcon>
    </aside>
  )
}
