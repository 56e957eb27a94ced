import { ActionIcon, Button, Group, Menu, Modal, TextInput } from '@mantine/core'
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState, type SyntheticEvent } from 'react'
import type { Project } from '../../main/contract/index.ts'
import { useChangeProject, useDeleteProject } from '../api/actions.ts'
import { ConfirmDelete } from '../ui/ConfirmDelete.tsx'
import { formatNumber } from '../ui/format.ts'
import { toast } from '../ui/toast.ts'
import { errorWords } from '../ui/errorWords.ts'
import { useWords } from '../ui/words/useWords.ts'

/** Rename a project, or delete it with all that belongs to it. */
export function ProjectMenu({ project, onDeleted }: { project: Project; onDeleted?: () => void }) {
  const { t } = useWords()
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null)
  const remove = useDeleteProject()
  const close = () => setOpen(null)
  const { name, models, inferences, samples } = project
  const deleteIt = () =>
    remove.mutate(project.id, {
      onSuccess: () => {
        close()
        toast(t('projects.deleted', { name }))
        onDeleted?.()
      }
    })
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('center.more', { name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setOpen('rename')}>
            {t('projects.rename')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setOpen('delete')}>
            {t('ui.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'rename' && <RenameDialog project={project} onClose={close} />}
      <ConfirmDelete
        opened={open === 'delete'}
        title={t('center.deleteTitle', { name })}
        text={t('projects.deleteText', {
          models: t('projects.models', { count: models }),
          inferences: t('projects.inferences', { count: inferences }),
          samples: t('projects.samples', { count: samples, shown: formatNumber(samples) })
        })}
        {...(samples > 0 ? { typeName: name } : {})}
        busy={remove.isPending}
        error={errorWords(t, remove.error)}
        onConfirm={deleteIt}
        onClose={close}
      />
    </>
  )
}

function RenameDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useWords()
  const [name, setName] = useState(project.name)
  const change = useChangeProject()
  const save = (event: SyntheticEvent) => {
    event.preventDefault()
    change.mutate({ id: project.id, body: { name } }, { onSuccess: onClose })
  }
  return (
    <Modal opened onClose={onClose} title={t('projects.renameTitle', { name: project.name })}>
      <form onSubmit={save}>
        <TextInput
          data-autofocus
          label={t('projects.name')}
          value={name}
          error={errorWords(t, change.error)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" disabled={!name.trim()} loading={change.isPending}>
            {t('projects.rename')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
