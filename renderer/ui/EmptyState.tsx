import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

interface EmptyStateProps {
  title: string
  text: ReactNode
  action?: ReactNode
  /** Nothing else is on the screen: its title is the page's. */
  alone?: boolean
}

/** What a place is for while nothing is there, and the one button that fills it. */
export function EmptyState({ title, text, action, alone = false }: EmptyStateProps) {
  const Title = alone ? 'h1' : 'h2'
  return (
    <div className={styles.empty}>
      <Title className={styles.title}>{title}</Title>
      <p className={styles.text}>{text}</p>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
