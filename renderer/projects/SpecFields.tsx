import { NumberInput, Select, TextInput } from '@mantine/core'
import type { FocusEvent } from 'react'
import { family, inputSpec, task, tasksOfFamily, type InputSpec } from '../../main/contract/index.ts'
import { Unit } from '../ui/Unit.tsx'
import { ClassesField } from './ClassesField.tsx'
import { FieldLabel } from './FieldLabel.tsx'
import { sourceOf, taskOf, type ModelDraft } from './modelDraft.ts'
import { OptionFields } from './OptionFields.tsx'
import type { ModelFormState } from './useModelForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** The fields of a model's spec, each with where its value came from. */
export function SpecFields({ form }: { form: ModelFormState }) {
  const { t } = useWords()
  const leave = (event: FocusEvent) => {
    const path = event.target.getAttribute('data-path')
    if (path) form.leave(path)
  }
  return (
    <div className={styles.groups} onBlur={leave}>
      <div className={styles.form}>
        <About form={form} />
      </div>
      <fieldset className={styles.form}>
        <legend>{t('models.inputGroup')}</legend>
        <InputFields form={form} />
      </fieldset>
      <OptionFields form={form} />
    </div>
  )
}

function About({ form }: { form: ModelFormState }) {
  const { t } = useWords()
  const { draft, setDraft, errors, nameTaken } = form
  const tasks = draft.family ? tasksOfFamily(draft.family) : task.options
  return (
    <>
      <TextInput
        data-path="name"
        label={<Labelled form={form} text={t('models.columns.name')} path="name" />}
        description={nameTaken ? t('models.nameTaken') : undefined}
        value={draft.name}
        error={errors.name}
        onChange={(event) => setDraft({ name: event.currentTarget.value })}
      />
      <TextInput
        data-path="version"
        label={<Labelled form={form} text={t('models.version')} path="version" />}
        value={draft.version}
        error={errors.version}
        onChange={(event) => setDraft({ version: event.currentTarget.value })}
      />
      <Select
        data-path="family"
        label={<Labelled form={form} text={t('models.columns.family')} path="family" />}
        placeholder={t('models.chooseOne')}
        data={family.options.map((value) => ({ value, label: t(`families.${value}`) }))}
        value={draft.family}
        error={errors.family}
        onChange={(value) => setDraft({ family: family.safeParse(value).data ?? null })}
      />
      <Select
        label={<Labelled form={form} text={t('projects.task')} path="task" />}
        placeholder={t('models.taskOfFamily')}
        data={tasks.map((value) => ({ value, label: t(`tasks.${value}`) }))}
        value={draft.family ? taskOf(draft.family, draft.task) : draft.task}
        onChange={(value) => setDraft({ task: task.safeParse(value).data ?? null })}
      />
      <ClassesField form={form} />
    </>
  )
}

function InputFields({ form }: { form: ModelFormState }) {
  const { t } = useWords()
  const { resize } = form.draft.input
  return (
    <>
      <InputNumber form={form} name="width" unit="px" />
      <InputNumber form={form} name="height" unit="px" />
      <div className={styles.wide}>
        <InputChoice form={form} name="resize" />
      </div>
      {resize === 'crop' && <InputNumber form={form} name="cropShare" help={t('models.inputHelp.cropShare')} />}
      {resize === 'letterbox' && <InputNumber form={form} name="pad" help={t('models.inputHelp.pad')} />}
      <InputChoice form={form} name="interpolation" />
      <InputChoice form={form} name="channels" />
      <InputNumber form={form} name="scale" help={t('models.inputHelp.scale')} />
      <InputList form={form} name="mean" />
      <InputList form={form} name="std" />
    </>
  )
}

interface FieldProps<Name extends keyof InputSpec> {
  form: ModelFormState
  name: Name
}

const inputOf = (form: ModelFormState, part: Partial<ModelDraft['input']>) =>
  form.setDraft({ input: { ...form.draft.input, ...part } })

type NumberName = 'width' | 'height' | 'cropShare' | 'pad' | 'scale'

function InputNumber({ form, name, unit, help }: FieldProps<NumberName> & { unit?: string; help?: string }) {
  const { t } = useWords()
  return (
    <NumberInput
      data-path={`input.${name}`}
      label={<Labelled form={form} text={t(`models.input.${name}`)} path={`input.${name}`} />}
      description={help}
      rightSection={unit && <Unit of={unit} />}
      value={form.draft.input[name]}
      error={form.errorOf(`input.${name}`)}
      onChange={(value) => inputOf(form, { [name]: value })}
    />
  )
}

function InputChoice({ form, name }: FieldProps<keyof typeof inputChoices>) {
  const { t } = useWords()
  return (
    <Select
      data-path={`input.${name}`}
      label={<Labelled form={form} text={t(`models.input.${name}`)} path={`input.${name}`} />}
      placeholder={t('models.chooseOne')}
      data={inputChoices[name].map((value) => ({ value, label: t(`models.choices.${value}`) }))}
      value={form.draft.input[name] || null}
      error={form.errorOf(`input.${name}`)}
      onChange={(value) => value && inputOf(form, { [name]: value })}
    />
  )
}

function InputList({ form, name }: FieldProps<'mean' | 'std'>) {
  const { t } = useWords()
  return (
    <TextInput
      data-path={`input.${name}`}
      label={<Labelled form={form} text={t(`models.input.${name}`)} path={`input.${name}`} />}
      value={form.draft.input[name]}
      error={form.errorOf(`input.${name}`)}
      onChange={(event) => inputOf(form, { [name]: event.currentTarget.value })}
    />
  )
}

function Labelled({ form, text, path }: { form: ModelFormState; text: string; path: string }) {
  return <FieldLabel text={text} source={sourceOf(form.inspection, form.draft, path)} />
}

const inputChoices = {
  resize: inputSpec.shape.resize.options,
  interpolation: inputSpec.shape.interpolation.unwrap().options,
  channels: inputSpec.shape.channels.unwrap().options
}
