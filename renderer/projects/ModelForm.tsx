import { Button, Checkbox } from '@mantine/core'
import { useRef, useState } from 'react'
import type { Inspection, Project } from '../../main/contract/index.ts'
import { useChangeProject, useCreateModel } from '../api/actions.ts'
import { useModels } from '../api/queries.ts'
import { sentence } from '../ui/format.ts'
import { Panel, Screen } from '../ui/Screen.tsx'
import { toast } from '../ui/toast.ts'
import layout from '../ui/layout.module.css'
import { FilePanel } from './FilePanel.tsx'
import { SpecFields } from './SpecFields.tsx'
import { TrialPanel } from './TrialPanel.tsx'
import { refusedFields, useModelForm, type ModelFormState } from './useModelForm.ts'
import { useModelTrial } from './useModelTrial.ts'
import { useTrialPicture } from '../api/useTrialPicture.ts'
import { errorWords } from '../ui/errorWords.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

interface ModelFormProps {
  project: Project
  inspection: Inspection
  onSaved: () => void
  onAgain: () => void
}

/** What the file says and what a person must say, each value with where it came from, beside a trial of it. */
export function ModelForm({ project, inspection, onSaved, onAgain }: ModelFormProps) {
  const { t } = useWords()
  const fields = useRef<HTMLDivElement>(null)
  const { data: models = [] } = useModels(project.id)
  const typed = useModelForm(inspection, project, models)
  const { picture, choose } = useTrialPicture(project)
  const trial = useModelTrial(typed, picture)
  const [addClasses, setAddClasses] = useState(true)
  const [tried, setTried] = useState(false)
  const save = useSave(project, inspection)
  const form = withRefusal(typed, save.error ?? trial.error)
  const needsClasses = form.added.length > 0 && !addClasses

  async function submit() {
    setTried(true)
    const spec = form.submit()
    if (!spec || needsClasses || !trial.isCurrent) {
      focusFirstError(fields.current)
      return
    }
    const saved = await save.run(spec, form.added)
    toast(t('models.saved', { name: saved.spec.name }))
    onSaved()
  }

  return (
    <Screen
      title={t('models.import')}
      beside={<span className={layout.beside}>{inspection.fileName}</span>}
      actions={
        <>
          <Button variant="default" onClick={onAgain}>
            {t('models.otherFile')}
          </Button>
          <Button loading={save.isPending} onClick={() => void submit().catch(() => undefined)}>
            {t('models.save')}
          </Button>
        </>
      }
    >
      {save.error && (
        <p className={styles.refusal} role="alert">
          {sentence(errorWords(t, save.error) ?? '')}
        </p>
      )}
      <div className={layout.cols} ref={fields}>
        <div className={layout.stack}>
          <Panel title={t('models.spec')}>
            <SpecFields form={form} />
            {form.added.length > 0 && (
              <div className={styles.pad}>
                <Checkbox
                  checked={addClasses}
                  onChange={(event) => setAddClasses(event.currentTarget.checked)}
                  label={t('models.addClasses', {
                    count: form.added.length,
                    classes: shortList(form.added),
                    project: project.name
                  })}
                  error={tried && needsClasses && t('models.classesNeeded')}
                />
              </div>
            )}
          </Panel>
          <FilePanel inspection={inspection} />
        </div>
        <div className={styles.beside}>
          <TrialPanel form={form} picture={picture} onPicture={choose} trial={trial} isWanted={tried} />
        </div>
      </div>
    </Screen>
  )
}

function useSave(project: Project, { uploadId }: Inspection) {
  const create = useCreateModel(project.id)
  const change = useChangeProject()
  return {
    error: change.error ?? create.error,
    isPending: change.isPending || create.isPending,
    run: async (spec: Parameters<typeof create.mutateAsync>[0]['spec'], added: readonly string[]) => {
      if (added.length > 0) {
        await change.mutateAsync({ id: project.id, body: { classes: [...project.classes, ...added] } })
      }
      return create.mutateAsync({ uploadId, spec })
    }
  }
}

/** The form with what the host refused beside the fields that it names. */
function withRefusal(form: ModelFormState, error: Error | null): ModelFormState {
  const refused = refusedFields(error)
  return {
    ...form,
    errors: { ...refused, ...form.errors },
    errorOf: (path) => form.errorOf(path) ?? refused[path]
  }
}

/** Saving jumps to the first error. */
function focusFirstError(within: HTMLElement | null): void {
  requestAnimationFrame(() => within?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}

const mostNamed = 8

const shortList = (names: readonly string[]) =>
  names.slice(0, mostNamed).join(', ') + (names.length > mostNamed ? ', …' : '')
