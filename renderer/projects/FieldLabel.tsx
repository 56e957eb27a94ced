import { cx } from '../ui/cx.ts'
import type { FieldSource } from './modelDraft.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** A field's name with where its value came from. */
export function FieldLabel({ text, source }: { text: string; source: FieldSource }) {
  const { t } = useWords()
  return (
    <>
      {text}{' '}
      <span className={cx(styles.source, source === 'missing' && styles.missing, source === 'file' && styles.told)}>
        {t(`models.sources.${source}`)}
      </span>
    </>
  )
}
