import { Button, Checkbox, NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import {
  family,
  familyOptions,
  inputSpec,
  modelSpec,
  type Inspection,
  type Project
} from '../../main/contract/index.ts'
import { useChangeProject, useCreateModel } from '../api/actions.ts'
import { cx } from '../ui/cx.ts'
import { issuesByPath } from '../ui/issueWords.ts'
import { KeyValue } from '../ui/KeyValue.tsx'
import { SchemaField } from '../ui/SchemaField.tsx'
import { describeFields } from '../ui/schemaFields.ts'
import { Panel } from '../ui/Screen.tsx'
import { toast } from '../ui/toast.ts'
import layout from '../ui/layout.module.css'
import { draftOf, sourceOf, specOf, type ModelDraft } from './modelDraft.ts'
import styles from './projects.module.css'

interface ModelFormProps {
  project: Project
  inspection: Inspection
  onSaved: () => void
  onAgain: () => void
}

/** What the file says and what a person must say, each value with where it came from. */
export function ModelForm({ project, inspection, onSaved, onAgain }: ModelFormProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(() => draftOf(inspection))
  const [addClasses, setAddClasses] = useState(true)
  const [tried, setTried] = useState(false)
  const create = useCreateModel(project.id)
  const change = useChangeProject()
  const parsed = modelSpec.safeParse(specOf(draft))
  const errors = tried ? issuesByPath(t, parsed.error) : {}
  const added = draft.classes.filter((name) => !project.classes.includes(name))

  async function save() {
    setTried(true)
    if (!parsed.success) return
    if (added.length > 0 && addClasses) {
      await change.mutateAsync({ id: project.id, body: { classes: [...project.classes, ...added] } })
    }
    await create.mutateAsync({ uploadId: inspection.uploadId, spec: parsed.data })
    toast(t('models.saved', { name: parsed.data.name }))
    onSaved()
  }

  return (
    <div className={layout.cols}>
      <Panel title={t('models.spec')}>
        <div className={styles.form}>
          <SpecFields draft={draft} setDraft={setDraft} inspection={inspection} errors={errors} />
          {added.length > 0 && (
            <Checkbox
              className={styles.full ?? ''}
              checked={addClasses}
              onChange={(event) => setAddClasses(event.currentTarget.checked)}
              label={t('models.addClasses', { count: added.length, classes: added.join(', '), project: project.name })}
            />
          )}
          {create.error && (
            <p className={styles.full} role="alert" style={{ color: 'var(--red)', margin: 0 }}>
              {create.error.message}
            </p>
          )}
          <div className={cx(styles.full, layout.actions)}>
            <Button variant="default" onClick={onAgain}>
              {t('models.otherFile')}
            </Button>
            <Button loading={create.isPending || change.isPending} onClick={() => void save().catch(() => undefined)}>
              {t('models.save')}
            </Button>
          </div>
        </div>
      </Panel>
      <Panel title={t('models.tensors')}>
        <div className={styles.pad}>
          <KeyValue
            entries={[...inspection.inputs, ...inspection.outputs].map(
              ({ name, type, shape }) => [name, `${type} [${shape.map((axis) => axis ?? '?').join(', ')}]`] as const
            )}
          />
        </div>
      </Panel>
    </div>
  )
}

interface SpecFieldsProps {
  draft: ModelDraft
  setDraft: (draft: ModelDraft) => void
  inspection: Inspection
  errors: Record<string, string>
}

function SpecFields({ draft, setDraft, inspection, errors }: SpecFieldsProps) {
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
            value={String(draft.options[field.key] ?? field.initial)}
            error={errors[`options.${field.key}`]}
            onChange={(value) => setDraft({ ...draft, options: { ...draft.options, [field.key]: value } })}
            onLeave={() => undefined}
          />
        ))}
    </>
  )
}

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
