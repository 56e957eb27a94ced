import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { modelChange, type Model } from '../../main/contract/index.ts'
import { ApiProblem } from '../api/call.ts'
import { useChangeModel } from '../api/actions.ts'
import { issuesByPath } from '../ui/issueWords.ts'
import { errorWords } from '../ui/errorWords.ts'
import { useWords } from '../ui/words/useWords.ts'

/** A model's name and version. */
export function RenameModel({ model, onClose }: { model: Model; onClose: () => void }) {
  const { t } = useWords()
  const { spec } = model
  const [given, setGiven] = useState({ name: spec.name, version: spec.version })
  const [tried, setTried] = useState(false)
  const change = useChangeModel()
  const parsed = modelChange.safeParse(given)
  const errors = tried ? issuesByPath(t, parsed.error) : {}
  const taken = change.error instanceof ApiProblem && change.error.problem.code === 'NAME_TAKEN'
  const save = (event: SyntheticEvent) => {
    event.preventDefault()
    setTried(true)
    if (parsed.success) change.mutate({ id: model.id, ...parsed.data }, { onSuccess: onClose })
  }
  return (
    <Modal opened onClose={onClose} title={t('models.renameTitle', { name: spec.name })}>
      <form onSubmit={save} noValidate>
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t('models.columns.name')}
            value={given.name}
            error={errors.name ?? (taken ? t('issues.taken') : errorWords(t, change.error))}
            onChange={(event) => {
              change.reset()
              setGiven({ ...given, name: event.currentTarget.value })
            }}
          />
          <TextInput
            label={t('models.version')}
            value={given.version}
            error={errors.version}
            onChange={(event) => setGiven({ ...given, version: event.currentTarget.value })}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {t('models.renameSave')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
