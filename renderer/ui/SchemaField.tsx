import { NumberInput, Select, Switch, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { FieldDescription } from './schemaFields.ts'
import { useWords } from './words/useWords.ts'

export type FieldValue = number | boolean | string | undefined

interface SchemaFieldProps {
  field: FieldDescription
  /** In place of the field's title. */
  label?: ReactNode
  value: FieldValue
  error?: string | undefined
  onChange: (value: FieldValue) => void
  onLeave: () => void
}

/** One field of a schema, with its range, default and help. */
export function SchemaField({ field, label, value, error, onChange, onLeave }: SchemaFieldProps) {
  const { t } = useWords()
  const { input, help } = field
  const title = label ?? field.title
  switch (input.kind) {
    case 'switch':
      return (
        <Switch
          label={title}
          description={help}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'text':
      return (
        <TextInput
          label={title}
          description={help}
          value={String(value ?? '')}
          error={error}
          onChange={(event) => onChange(event.currentTarget.value)}
          onBlur={onLeave}
        />
      )
    case 'choice':
      return (
        <Select
          label={title}
          description={help}
          data={input.options}
          value={String(value ?? '')}
          error={error}
          onChange={(next) => onChange(next ?? undefined)}
        />
      )
    case 'number': {
      const range =
        input.min !== undefined && input.max !== undefined ? t('ui.range', { min: input.min, max: input.max }) : ''
      const initial = field.initial === undefined ? '' : t('ui.default', { value: Number(field.initial) })
      return (
        <NumberInput
          label={title}
          description={[help, [range, initial].filter(Boolean).join(', ')].filter(Boolean).join(' ')}
          value={typeof value === 'boolean' ? '' : (value ?? '')}
          allowDecimal={!input.whole}
          step={input.whole ? 1 : 0.05}
          error={error}
          onChange={onChange}
          onBlur={onLeave}
        />
      )
    }
  }
}
