import { Button, Group, Modal, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { newProject, task, taskOfFamily, type Project, type Task } from '../../main/contract/index.ts'
import { ApiProblem } from '../api/call.ts'
import { useCreateProject } from '../api/actions.ts'
import { issuesByPath } from '../ui/issueWords.ts'
import { errorWords } from '../ui/errorWords.ts'
import { useWords } from '../ui/words/useWords.ts'

interface NewProjectDialogProps {
  opened: boolean
  onClose: () => void
  onCreated: (project: Project) => void
}

/** The tasks for which there is a family that reads models. */
const tasks = [...new Set(Object.values(taskOfFamily))]

export function NewProjectDialog({ opened, onClose, onCreated }: NewProjectDialogProps) {
  const { t } = useWords()
  return (
    <Modal opened={opened} onClose={onClose} title={t('projects.new')}>
      <NewProjectForm onClose={onClose} onCreated={onCreated} />
    </Modal>
  )
}

function NewProjectForm({ onClose, onCreated }: Omit<NewProjectDialogProps, 'opened'>) {
  const { t } = useWords()
  const [given, setGiven] = useState<{ name: string; task: Task; classes: string[] }>({
    name: '',
    task: 'detection',
    classes: []
  })
  const [tried, setTried] = useState(false)
  const create = useCreateProject()
  const parsed = newProject.safeParse(given)
  const errors = tried ? issuesByPath(t, parsed.error) : {}
  const taken = create.error instanceof ApiProblem && create.error.problem.code === 'NAME_TAKEN'
  const save = (event: SyntheticEvent) => {
    event.preventDefault()
    setTried(true)
    if (parsed.success) create.mutate(parsed.data, { onSuccess: onCreated })
  }
  return (
    <form onSubmit={save} noValidate>
      <Stack gap="md">
        <TextInput
          data-autofocus
          label={t('projects.name')}
          placeholder={t('projects.namePlaceholder')}
          value={given.name}
          error={errors.name ?? (taken ? t('issues.taken') : errorWords(t, create.error))}
          onChange={(event) => setGiven({ ...given, name: event.currentTarget.value })}
        />
        <Select
          label={t('projects.task')}
          data={tasks.map((value) => ({ value, label: t(`tasks.${value}`) }))}
          value={given.task}
          onChange={(value) => setGiven({ ...given, task: task.safeParse(value).data ?? given.task })}
        />
        <TagsInput
          label={t('projects.classes')}
          description={t('projects.classesHelp')}
          splitChars={[',', '\n', '\t']}
          value={given.classes}
          error={errors.classes}
          onChange={(classes) => setGiven({ ...given, classes })}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('projects.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
