import { familyOptions, type Model, type ModelSpec } from '../../main/contract/index.ts'
import { formatFull } from '../ui/format.ts'
import { KeyValue } from '../ui/KeyValue.tsx'
import { describeFields } from '../ui/schemaFields.ts'
import { fileEntries } from './FilePanel.tsx'
import { optionOf } from './modelDraft.ts'
import { useWords, type Words } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** All that is known of a model's file and of how it is read. */
export function ModelFacts({ model }: { model: Model }) {
  const { t } = useWords()
  const { spec } = model
  const { input } = spec
  return (
    <div className={styles.factColumns}>
      <KeyValue
        entries={[...fileEntries(t, model), [t('models.columns.added'), formatFull(model.createdAt)] as const]}
      />
      <KeyValue
        entries={[
          [t('models.columns.classes'), spec.classes.slice(0, mostNamed).join(', ') + more(spec.classes.length)],
          [t('models.input.resize'), t(`models.choices.${input.resize}`)],
          [t('models.input.cropShare'), input.cropShare?.toString()],
          [t('models.input.interpolation'), t(`models.choices.${input.interpolation}`)],
          [t('models.input.channels'), t(`models.choices.${input.channels}`)],
          [t('models.input.scale'), `${Number(input.scale.toPrecision(4))}`],
          [t('models.input.mean'), input.mean.join(', ')],
          [t('models.input.std'), input.std.join(', ')],
          ...optionsOf(t, spec)
        ]}
      />
    </div>
  )
}

/** What the family knows beside the input, but for what is empty. */
function optionsOf(t: Words, { family, options }: ModelSpec) {
  return describeFields(familyOptions[family]).map((field) => {
    const value = optionOf(options, field)
    const words = typeof value === 'boolean' ? t(value ? 'details.on' : 'details.off') : String(value ?? '')
    return [field.title, words || null] as const
  })
}

const mostNamed = 20

const more = (count: number) => (count > mostNamed ? ', …' : '')
