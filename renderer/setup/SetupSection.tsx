import type { ReactNode } from 'react'
import { cx } from '../ui/cx.ts'
import layout from '../ui/layout.module.css'
import { sectionId } from './sectionId.ts'
import type { Section } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

interface SetupSectionProps {
  section: Section
  /** In place of its name in the rail. */
  title?: string
  help: string
  /** At the right end of its head. */
  action?: ReactNode
  children: ReactNode
}

/** A section of the setup with its title, one sentence, and its fields in two columns. */
export function SetupSection({ section, title, help, action, children }: SetupSectionProps) {
  const { t } = useWords()
  return (
    <section
      id={sectionId(section)}
      className={cx(layout.panel, styles.section)}
      aria-labelledby={`${sectionId(section)}-title`}
    >
      <header className={styles.sectionHead}>
        <div>
          <h2 id={`${sectionId(section)}-title`}>{title ?? t(`setup.sections.${section}`)}</h2>
          <p>{help}</p>
        </div>
        {action && <div className={styles.sectionAction}>{action}</div>}
      </header>
      <div className={styles.fields}>{children}</div>
    </section>
  )
}
