import { Select } from '@mantine/core'
import type { Family } from '../../main/contract/index.ts'
import { SchemaField } from '../ui/SchemaField.tsx'
import type { FieldDescription } from '../ui/schemaFields.ts'
import { useFields } from '../ui/useFields.ts'
import { FieldLabel } from './FieldLabel.tsx'
import { classesOf, optionOf, sourceOf } from './modelDraft.ts'
import type { ModelFormState } from './useModelForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** What a family must know beside its input. */
export function OptionFields({ form }: { form: ModelFormState }) {
  const { family } = form.draft
  return family && <FieldsOf form={form} family={family} />
}

function FieldsOf({ form, family }: { form: ModelFormState; family: Family }) {
  const { t } = useWords()
  const fields = useFields('options', family)
  if (fields.length === 0) return null
  return (
    <fieldset className={styles.form}>
      <legend>{t('models.outputGroup')}</legend>
      {fields.map((field) => (
        <OptionField key={field.key} form={form} field={field} />
      ))}
    </fieldset>
  )
}

function OptionField({ form, field }: { form: ModelFormState; field: FieldDescription }) {
  const { draft, setDraft, inspection, errors } = form
  const path = `options.${field.key}`
  const label = <FieldLabel text={field.title} source={sourceOf(inspection, draft, path)} />
  const value = optionOf(draft.options, field)
  const set = (next: unknown) => setDraft({ options: { ...draft.options, [field.key]: next } })
  if (field.key === 'background') {
    return <ClassChoice form={form} label={label} help={field.help} value={String(value ?? '')} onChange={set} />
  }
  return (
    <SchemaField
      field={field}
      label={label}
      value={value}
      error={errors[path]}
      onChange={set}
      onLeave={() => form.leave(path)}
    />
  )
}

interface ClassChoiceProps {
  form: ModelFormState
  label: React.ReactNode
  help: string
  value: string
  onChange: (value: string) => void
}

/** One of the classes, or none. */
function ClassChoice({ form, label, help, value, onChange }: ClassChoiceProps) {
  const { t } = useWords()
  const names = [...new Set([...classesOf(form.draft.classes), ...(value ? [value] : [])])]
  return (
    <Select
      label={label}
      description={help}
      data={[{ value: '', label: t('models.noBackground') }, ...names.map((name) => ({ value: name, label: name }))]}
      value={value}
      searchable={names.length > 20}
      onChange={(next) => onChange(next ?? '')}
    />
  )
}
