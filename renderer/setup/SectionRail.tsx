import { IconCheck, IconX } from '@tabler/icons-react'
import { cx } from '../ui/cx.ts'
import { sectionId } from './sectionId.ts'
import { useCurrentSection } from './useCurrentSection.ts'
import type { Mark, Section, SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

/** The sections with their marks; a click jumps there. */
export function SectionRail({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const [current, jumpTo] = useCurrentSection(form.sections)
  const jump = (section: Section) => {
    jumpTo(section)
    document.getElementById(sectionId(section))?.scrollIntoView({ behavior: 'smooth', block: 'start' })
  }
  return (
    <nav className={styles.rail} aria-label={t('setup.sectionsLabel')}>
      {form.sections.map((section) => (
        <button
          key={section}
          type="button"
          className={styles.jump}
          aria-current={current === section}
          onClick={() => jump(section)}
        >
          <MarkIcon mark={form.markOf(section)} />
          {t(`setup.sections.${section}`)}
        </button>
      ))}
    </nav>
  )
}

function MarkIcon({ mark }: { mark: Mark }) {
  const { t } = useWords()
  return (
    <span
      className={cx(styles.mark, mark === 'complete' && styles.complete, mark === 'error' && styles.wrong)}
      role="img"
      aria-label={t(`setup.marks.${mark}`)}
    >
      {mark === 'complete' && <IconCheck size={12} stroke={2.4} />}
      {mark === 'error' && <IconX size={12} stroke={2.4} />}
    </span>
  )
}
