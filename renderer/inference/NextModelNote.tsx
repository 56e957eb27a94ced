import type { Inference } from '../../main/contract/index.ts'
import { cx } from '../ui/cx.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './details.module.css'

/** How far a run is with going over to another model, or why it could not. */
export function NextModelNote({ inference: { nextModel, model } }: { inference: Inference }) {
  const { t } = useWords()
  if (!nextModel) return null
  const next = `${nextModel.name} ${nextModel.version}`
  const words =
    nextModel.failed === null
      ? t('details.modelComes', { next })
      : t('details.modelFailed', { next, present: `${model.name} ${model.version}`, reason: nextModel.failed })
  return (
    <p className={cx(styles.note, nextModel.failed !== null && styles.error)} role="status">
      {words}
    </p>
  )
}
