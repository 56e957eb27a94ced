import type { Model, ModelSpec } from '../../main/contract/index.ts'
import { formatFull, formatNumbers, formatPlain } from '../ui/format.ts'
import { KeyValue } from '../ui/KeyValue.tsx'
import { useFields } from '../ui/useFields.ts'
import { fileEntries } from './FilePanel.tsx'
import { optionOf } from './modelDraft.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** All that is known of a model's file and of how it is read. */
export function ModelFacts({ model }: { model: Model }) {
  const { t } = useWords()
  const { spec } = model
  const { input } = spec
  const options = useOptionWords(spec)
  return (
    <div className={styles.factColumns}>
      <KeyValue
        entries={[...fileEntries(t, model), [t('models.columns.added'), formatFull(model.createdAt)] as const]}
      />
      <KeyValue
        entries={[
          [t('models.columns.classes'), spec.classes.slice(0, mostNamed).join(', ') + more(spec.classes.length)],
          [t('models.input.resize'), t(`models.choices.${input.resize}`)],
          [t('models.input.cropShare'), input.cropShare && formatPlain(input.cropShare)],
          [t('models.input.interpolation'), t(`models.choices.${input.interpolation}`)],
          [t('models.input.channels'), t(`models.choices.${input.channels}`)],
          [t('models.input.scale'), formatPlain(Number(input.scale.toPrecision(4)))],
          [t('models.input.mean'), formatNumbers(input.mean)],
          [t('models.input.std'), formatNumbers(input.std)],
          ...options
        ]}
      />
    </div>
  )
}

/** What the family knows beside the input, but for what is empty. */
function useOptionWords({ family, options }: ModelSpec) {
  const { t } = useWords()
  return useFields('options', family).map((field) => {
    const value = optionOf(options, field)
    const words = typeof value === 'boolean' ? t(value ? 'details.on' : 'details.off') : String(value ?? '')
    return [field.title, words || null] as const
  })
}

const mostNamed = 20

const more = (count: number) => (count > mostNamed ? ', …' : '')
