import { Text } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './setup.module.css'

interface FoldProps {
  title: string
  /** What is inside, said while it is closed. */
  beside: string
  open: boolean
  onToggle: () => void
  children: ReactNode
}

/** A part of a section that is closed until somebody wants it. */
export function Fold({ title, beside, open, onToggle, children }: FoldProps) {
  return (
    <>
      <div className={styles.folded}>
        <button type="button" className={styles.fold} aria-expanded={open} onClick={onToggle}>
          {open ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          {title}
          {!open && (
            <Text span size="sm" c="dimmed" fw={400}>
              {beside}
            </Text>
          )}
        </button>
      </div>
      {open && children}
    </>
  )
}
