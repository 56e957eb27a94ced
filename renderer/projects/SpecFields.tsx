import { NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { family, familyOptions, inputSpec, type Inspection } from '../../main/contract/index.ts'
import { cx } from '../ui/cx.ts'
import { SchemaField } from '../ui/SchemaField.tsx'
import { describeFields } from '../ui/schemaFields.ts'
import { sourceOf, type ModelDraft } from './modelDraft.ts'
import styles from './projects.module.css'

interface SpecFieldsProps {
  draft: ModelDraft
  setDraft: (draft: ModelDraft) => void
  inspection: Inspection
  errors: Record<string, string>
}

/** The fields of a model's spec, each with where its value came from. */
export function SpecFields({ draft, setDraft, inspection, errors }: SpecFieldsProps) {
  const { t } = useTranslation()
  const setInput = (part: Partial<ModelDraft['input']>) => setDraft({ ...draft, input: { ...draft.input, ...part } })
  const label = (text: string, path: string) => <Labelled text={text} source={sourceOf(inspection, path)} />
  const choices = (key: 'resize' | 'interpolation' | 'channels') => (
    <Select
      label={label(t(`models.input.${key}`), `input.${key}`)}
      data={inputChoices[key].map((value) => ({ value, label: t(`models.choices.${value}`) }))}
      value={draft.input[key]}
      onChange={(value) => value && setInput({ [key]: value })}
    />
  )
  const number = (key: 'width' | 'height' | 'pad' | 'scale') => (
    <NumberInput
      label={label(t(`models.input.${key}`), `input.${key}`)}
      value={draft.input[key]}
      error={errors[`input.${key}`]}
      onChange={(value) => setInput({ [key]: value })}
    />
  )
  const list = (key: 'mean' | 'std') => (
    <TextInput
      label={label(t(`models.input.${key}`), `input.${key}`)}
      value={draft.input[key]}
      error={errors[`input.${key}`] ?? errors[`input.${key}.0`]}
      onChange={(event) => setInput({ [key]: event.currentTarget.value })}
    />
  )
  return (
    <>
      <TextInput
        label={label(t('models.columns.name'), 'name')}
        value={draft.name}
        error={errors.name}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
      />
      <TextInput
        label={label(t('models.version'), 'version')}
        value={draft.version}
        error={errors.version}
        onChange={(event) => setDraft({ ...draft, version: event.currentTarget.value })}
      />
      <Select
        className={styles.full ?? ''}
        label={label(t('models.columns.family'), 'family')}
        data={family.options.map((value) => ({ value, label: t(`families.${value}`) }))}
        value={draft.family}
        error={errors.family}
        onChange={(value) => setDraft({ ...draft, family: family.safeParse(value).data ?? null })}
      />
      <TagsInput
        className={styles.full ?? ''}
        label={label(t('models.columns.classes'), 'classes')}
        description={t('projects.classesHelp')}
        splitChars={[',', '\n', '\t']}
        value={draft.classes}
        error={errors.classes}
        onChange={(classes) => setDraft({ ...draft, classes })}
      />
      {number('width')}
      {number('height')}
      {choices('resize')}
      {choices('interpolation')}
      {choices('channels')}
      {number('pad')}
      {number('scale')}
      {list('mean')}
      {list('std')}
      {draft.family &&
        describeFields(familyOptions[draft.family]).map((field) => (
          <SchemaField
            key={field.key}
            field={field}
            value={scalarOf(draft.options[field.key]) ?? field.initial}
            error={errors[`options.${field.key}`]}
            onChange={(value) => setDraft({ ...draft, options: { ...draft.options, [field.key]: value } })}
            onLeave={() => undefined}
          />
        ))}
    </>
  )
}

/** An option as a field can show it. */
const scalarOf = (value: unknown) => z.union([z.string(), z.number(), z.boolean()]).safeParse(value).data

const inputChoices = {
  resize: inputSpec.shape.resize.options,
  interpolation: inputSpec.shape.interpolation.unwrap().options,
  channels: inputSpec.shape.channels.unwrap().options
}

function Labelled({ text, source }: { text: string; source: 'file' | 'guess' | 'missing' | undefined }): ReactNode {
  const { t } = useTranslation()
  if (!source) return text
  return (
    <>
      {text}
      <span className={cx(styles.source, source === 'missing' && styles.missing)}>{t(`models.sources.${source}`)}</span>
    </>
  )
}
