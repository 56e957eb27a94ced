import { ActionIcon, Menu } from '@mantine/core'
import { IconCopy, IconDots, IconPencil, IconSquare, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Inference } from '../../main/contract/index.ts'
import { useStop } from '../api/actions.ts'
import { toastError } from '../ui/toast.ts'
import { useWords } from '../ui/words/useWords.ts'
import { DeleteInference } from './DeleteInference.tsx'

/** Edit, duplicate and delete, as far as the state allows; what it does not allow says when it does. */
export function InferenceMenu({ inference, onDeleted }: { inference: Inference; onDeleted?: () => void }) {
  const { t } = useWords()
  const [asking, setAsking] = useState(false)
  const stop = useStop()
  const { slug, name, project, status } = inference
  const stopped = status === 'stopped'
  const base = `/projects/${project.id}/inferences`
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
      <DeleteInference inference={inference} opened={asking} onClose={() => setAsking(false)} onDeleted={onDeleted} />
    </>
  )
}
