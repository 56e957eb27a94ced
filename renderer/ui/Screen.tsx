import type { ReactNode } from 'react'
import { useDocumentTitle } from '@mantine/hooks'
import styles from './layout.module.css'

interface ScreenProps {
  title: string
  /** Beside the title, such as a status. */
  beside?: ReactNode
  /** At the right end; at most one of them filled. */
  actions?: ReactNode
  children: ReactNode
}

/** A screen with its title, what stands beside it, and its actions. */
export function Screen({ title, beside, actions, children }: ScreenProps) {
  useDocumentTitle(`${title} – Lineside`)
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        {beside}
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

interface PanelProps {
  title?: ReactNode
  actions?: ReactNode
  label?: string
  children: ReactNode
}

/** A bordered surface with an optional head. */
export function Panel({ title, actions, label, children }: PanelProps) {
  return (
    <section className={styles.panel} aria-label={label ?? (typeof title === 'string' ? title : undefined)}>
      {(title || actions) && (
        <header className={styles.panelHead}>
          {typeof title === 'string' ? <h2 className={styles.panelTitle}>{title}</h2> : title}
          {actions && <div className={styles.panelActions}>{actions}</div>}
        </header>
      )}
      {children}
    </section>
  )
}
