import { Button, Group, Modal, SegmentedControl, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { modelSpec, type Inspection, type Model } from '../../main/contract/index.ts'
import { useReplaceModel } from '../api/actions.ts'
import { useInferences } from '../api/live.ts'
import { sentence } from '../ui/format.ts'
import { toast } from '../ui/toast.ts'
import { ChooseModel } from './ChooseModel.tsx'
import { CompareFiles } from './CompareFiles.tsx'
import { draftOf, specOf } from './modelDraft.ts'
import { useModelFiles } from './useModelFiles.ts'
import { errorWords } from '../ui/errorWords.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** Another file under a model and its inferences: chosen, compared, then put in its place. Refused while it runs. */
export function ReplaceModel({ model, onClose }: { model: Model; onClose: () => void }) {
  const { t } = useWords()
  const files = useModelFiles()
  const running = useRunning(model)
  const close = () => {
    files.reset()
    onClose()
  }
  return (
    <Modal opened onClose={close} title={t('models.replaceTitle', { name: model.spec.name })} size="lg">
      {running.length > 0 && (
        <p className={styles.refusal} role="alert">
          {t('models.replaceRunning', { names: running.join(', ') })}
        </p>
      )}
      {files.inspection ? (
        <Replacement model={model} inspection={files.inspection} isRunning={running.length > 0} onClose={close} />
      ) : (
        <ChooseModel files={files} />
      )}
    </Modal>
  )
}

/** Names of the inferences that run with it now. */
function useRunning({ id, project }: Model): string[] {
  const inferences = useInferences(project)
  return inferences.filter(({ model, status }) => model.id === id && status !== 'stopped').map(({ name }) => name)
}

interface ReplacementProps {
  model: Model
  inspection: Inspection
  isRunning: boolean
  onClose: () => void
}

function Replacement({ model, inspection, isRunning, onClose }: ReplacementProps) {
  const { t } = useWords()
  const replace = useReplaceModel()
  const said = saidSpec(model, inspection)
  const [asFile, setAsFile] = useState(false)
  const [version, setVersion] = useState(model.spec.version)
  const { name } = model.spec
  const save = () => {
    const spec = { ...(asFile && said ? said : model.spec), version }
    replace.mutate(
      { id: model.id, uploadId: inspection.uploadId, spec },
      {
        onSuccess: () => {
          toast(t('models.replaced', { name }))
          onClose()
        }
      }
    )
  }
  return (
    <div className={styles.replacement}>
      <CompareFiles model={model} inspection={inspection} />
      <div>
        <Text size="xs" c="dimmed" mb={5} id="read-as">
          {t('models.replaceReading')}
        </Text>
        <SegmentedControl
          aria-labelledby="read-as"
          disabled={!said}
          data={[
            { value: 'now', label: t('models.replaceAsNow') },
            { value: 'file', label: t('models.replaceAsFile') }
          ]}
          value={asFile ? 'file' : 'now'}
          onChange={(value) => setAsFile(value === 'file')}
        />
        {!said && <p className={styles.hint}>{t('models.replaceFileLacks')}</p>}
      </div>
      <TextInput
        label={t('models.version')}
        value={version}
        onChange={(event) => setVersion(event.currentTarget.value)}
      />
      {replace.error && (
        <p className={styles.refusal} role="alert">
          {sentence(errorWords(t, replace.error) ?? '')}
        </p>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button disabled={isRunning} loading={replace.isPending} onClick={save}>
          {t('models.replaceSave')}
        </Button>
      </Group>
    </div>
  )
}

/** A whole spec out of the file's own words; null where it does not say enough. */
function saidSpec({ spec }: Model, inspection: Inspection) {
  const parsed = modelSpec.safeParse({ ...specOf(draftOf(inspection)), name: spec.name })
  return parsed.success && !Object.values(inspection.sources).includes('missing') ? parsed.data : null
}
