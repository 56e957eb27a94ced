import { IconCheck, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { cx } from '../ui/cx.ts'
import { sections, type Mark, type Section, type SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

/** Id of a section's element, for jumping to it. */
export const sectionId = (section: Section) => `section-${section}`

/** The sections with their marks; a click jumps there. */
export function SectionRail({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const [current, setCurrent] = useCurrentSection()
  const jump = (section: Section) => {
    setCurrent(section)
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

/** The section that is read now: the topmost one in sight. */
function useCurrentSection() {
  const [current, setCurrent] = useState<Section>('general')
  useEffect(() => {
    const visible = new Set<string>()
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) visible.add(target.id)
          else visible.delete(target.id)
        }
        const topmost = sections.find((section) => visible.has(sectionId(section)))
        if (topmost) setCurrent(topmost)
      },
      { rootMargin: '-120px 0px -40% 0px' }
    )
    for (const section of sections) {
      const element = document.getElementById(sectionId(section))
      if (element) observer.observe(element)
    }
    return () => observer.disconnect()
  }, [])
  return [current, setCurrent] as const
}
