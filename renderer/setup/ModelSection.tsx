import { Select } from '@mantine/core'
import type { Family, Model } from '../../main/contract/index.ts'
import { SchemaField } from '../ui/SchemaField.tsx'
import { useFields } from '../ui/useFields.ts'
import { defaultParameters } from './draft.ts'
import { thresholdsFor } from './thresholdsDraft.ts'
import { SetupSection } from './SetupSection.tsx'
import type { SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

/** Which model answers, and the parameters that its family offers. */
export function ModelSection({ form, models }: { form: SetupForm; models: readonly Model[] }) {
  const { t } = useWords()
  const { draft, errors, change, leave, model } = form
  const choose = (id: string | null) => {
    const next = models.find((item) => item.id === id)
    if (!next) return
    const same = next.spec.family === model?.spec.family
    const parameters = same ? draft.parameters : defaultParameters(next.spec.family)
    const classThresholds = thresholdsFor(draft.classThresholds, next.spec.classes)
    change({ model: next.id, parameters, classThresholds }, 'model')
  }
  return (
    <SetupSection section="model" help={t('setup.model.help')}>
      <Select
        className={styles.full ?? ''}
        label={t('setup.model.model')}
        description={model && aboutModel(model)}
        data={models.map((item) => ({ value: item.id, label: `${item.spec.name} ${item.spec.version}` }))}
        value={draft.model}
        error={errors.model}
        onChange={choose}
        onBlur={() => leave('model')}
      />
      {model && <Parameters form={form} family={model.spec.family} />}
    </SetupSection>
  )

  function aboutModel({ spec }: Model) {
    return t('setup.model.about', {
      family: t(`families.${spec.family}`),
      width: spec.input.width,
      height: spec.input.height,
      classes: spec.classes.join(', ')
    })
  }
}

function Parameters({ form, family }: { form: SetupForm; family: Family }) {
  const { draft, errors, change, leave } = form
  return useFields('parameters', family).map((field) => {
    const path = `parameters.${field.key}`
    return (
      <SchemaField
        key={field.key}
        field={field}
        value={draft.parameters[field.key]}
        error={errors[path]}
        onChange={(value) => change({ parameters: { ...draft.parameters, [field.key]: value } }, path)}
        onLeave={() => leave(path)}
      />
    )
  })
}
