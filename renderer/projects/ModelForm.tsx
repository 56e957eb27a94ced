import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { modelSpec, type Inspection, type Project } from '../../main/contract/index.ts'
import { useChangeProject, useCreateModel } from '../api/actions.ts'
import { cx } from '../ui/cx.ts'
import { issuesByPath } from '../ui/issueWords.ts'
import { KeyValue } from '../ui/KeyValue.tsx'
import { Panel } from '../ui/Screen.tsx'
import { toast } from '../ui/toast.ts'
import layout from '../ui/layout.module.css'
import { draftOf, specOf } from './modelDraft.ts'
import { SpecFields } from './SpecFields.tsx'
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
