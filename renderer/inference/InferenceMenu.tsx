import { ActionIcon, Menu } from '@mantine/core'
import { IconCopy, IconDots, IconPencil, IconSquare, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Inference } from '../../main/contract/index.ts'
import { useDeleteInference, useStop } from '../api/actions.ts'
import { ConfirmDelete } from '../ui/ConfirmDelete.tsx'
import { errorWords } from '../ui/errorWords.ts'
import { toast, toastError } from '../ui/toast.ts'
import { useWords } from '../ui/words/useWords.ts'

/** Edit, duplicate and delete, as far as the state allows; what it does not allow says when it does. */
export function InferenceMenu({ inference, onDeleted }: { inference: Inference; onDeleted?: () => void }) {
  const { t } = useWords()
  const [asking, setAsking] = useState(false)
  const remove = useDeleteInference()
  const stop = useStop()
  const { slug, name, project, status } = inference
  const stopped = status === 'stopped'
  const base = `/projects/${project.id}/inferences`
  // The promise, not a callback of the mutation: those are dropped when the deletion takes this component away.
  const deleteIt = () =>
    void remove
      .mutateAsync(slug)
      .then(() => {
        setAsking(false)
        toast(t('center.deleted', { name }))
        onDeleted?.()
      })
      .catch(() => undefined)
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('center.more', { name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {status === 'failed' && (
            <Menu.Item
              leftSection={<IconSquare size={16} />}
              onClick={() =>
                stop.mutate(slug, { onError: (error) => toastError(t('center.stopFailed', { name }), error) })
              }
            >
              {t('center.stopInference')}
            </Menu.Item>
          )}
          {stopped ? (
            <Menu.Item component={Link} to={`${base}/${slug}/setup`} leftSection={<IconPencil size={16} />}>
              {t('center.edit')}
            </Menu.Item>
          ) : (
            <Menu.Item disabled leftSection={<IconPencil size={16} />}>
              {t('center.editStopped')}
            </Menu.Item>
          )}
          <Menu.Item component={Link} to={`${base}/new?like=${slug}`} leftSection={<IconCopy size={16} />}>
            {t('center.duplicate')}
          </Menu.Item>
          <Menu.Item
            color="red"
            disabled={!stopped}
            leftSection={<IconTrash size={16} />}
            onClick={() => setAsking(true)}
          >
            {stopped ? t('ui.delete') : t('center.deleteStopped')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDelete
        opened={asking}
        title={t('center.deleteTitle', { name })}
        text={t('center.deleteText')}
        busy={remove.isPending}
        error={errorWords(t, remove.error)}
        onConfirm={deleteIt}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
