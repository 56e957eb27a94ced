import { Button, Group, Modal, Text } from '@mantine/core'
import { Link } from 'react-router'
import type { Model } from '../../main/contract/index.ts'
import { useDeleteModel } from '../api/actions.ts'
import { ConfirmDelete } from '../ui/ConfirmDelete.tsx'
import { errorWords } from '../ui/errorWords.ts'
import { useWords } from '../ui/words/useWords.ts'

/** Says what goes with a model; one that is used says by what, and stays. */
export function DeleteModel({ model, onClose }: { model: Model; onClose: () => void }) {
  const { t } = useWords()
  const remove = useDeleteModel()
  const title = t('center.deleteTitle', { name: model.spec.name })
  if (model.usedBy.length > 0) return <Used model={model} title={title} onClose={onClose} />
  return (
    <ConfirmDelete
      opened
      title={title}
      text={t('models.deleteText')}
      busy={remove.isPending}
      error={errorWords(t, remove.error)}
      onConfirm={() => remove.mutate(model.id, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}

function Used({ model, title, onClose }: { model: Model; title: string; onClose: () => void }) {
  const { t } = useWords()
  return (
    <Modal opened onClose={onClose} title={title} size="md">
      <Text size="sm">{t('models.deleteUsed')}</Text>
      <ul>
        {model.usedBy.map(({ slug, name }) => (
          <li key={slug}>
            <Link to={`/projects/${model.project}/inferences/${slug}`}>{name}</Link>
          </li>
        ))}
      </ul>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('ui.close')}
        </Button>
      </Group>
    </Modal>
  )
}
