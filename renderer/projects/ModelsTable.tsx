import { ActionIcon, Button, VisuallyHidden } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Model } from '../../main/contract/index.ts'
import { useDeleteModel } from '../api/actions.ts'
import { useModels } from '../api/queries.ts'
import { ConfirmDelete } from '../ui/ConfirmDelete.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatBytes, formatDate } from '../ui/format.ts'
import { Panel } from '../ui/Screen.tsx'
import layout from '../ui/layout.module.css'

/** The models of a project with what is known of each; one that is used cannot be deleted. */
export function ModelsTable({ project, bare = false }: { project: string; bare?: boolean }) {
  const { t } = useTranslation()
  const { data: models = [], isSuccess } = useModels(project)
  const [going, setGoing] = useState<Model | null>(null)
  const remove = useDeleteModel()
  const importButton = (
    <Button component={Link} to={`/projects/${project}/models/import`} variant="subtle" size="compact-md">
      {t('models.import')}
    </Button>
  )
  return (
    <Panel
      label={t('places.models')}
      {...(bare ? {} : { title: t('places.models'), actions: models.length > 0 && importButton })}
    >
      {isSuccess && models.length === 0 && (
        <EmptyState title={t('models.empty')} text={t('models.emptyText')} action={bare ? undefined : importButton} />
      )}
      {models.length > 0 && (
        <table className={layout.table}>
          <thead>
            <tr>
              <th>{t('models.columns.name')}</th>
              <th>{t('models.columns.family')}</th>
              <th>{t('models.columns.classes')}</th>
              <th>{t('models.columns.input')}</th>
              <th>{t('models.columns.file')}</th>
              <th>{t('models.columns.added')}</th>
              <th>{t('models.columns.usedBy')}</th>
              <th>
                <VisuallyHidden>{t('center.columns.actions')}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {models.map((model) => (
              <ModelRow key={model.id} model={model} onDelete={() => setGoing(model)} />
            ))}
          </tbody>
        </table>
      )}
      <ConfirmDelete
        opened={going !== null}
        title={t('center.deleteTitle', { name: going?.spec.name ?? '' })}
        text={t('models.deleteText')}
        busy={remove.isPending}
        error={remove.error?.message ?? null}
        onConfirm={() => going && remove.mutate(going.id, { onSuccess: () => setGoing(null) })}
        onClose={() => setGoing(null)}
      />
    </Panel>
  )
}

function ModelRow({ model, onDelete }: { model: Model; onDelete: () => void }) {
  const { t } = useTranslation()
  const { spec, usedBy, project } = model
  return (
    <tr>
      <td>
        <span className={layout.strong}>{spec.name}</span> <span className={layout.muted}>{spec.version}</span>
      </td>
      <td>{t(`families.${spec.family}`)}</td>
      <td title={spec.classes.join(', ')}>{spec.classes.length}</td>
      <td style={{ whiteSpace: 'nowrap' }}>
        {spec.input.width} × {spec.input.height}
      </td>
      <td style={{ whiteSpace: 'nowrap' }} title={model.fileName}>
        {formatBytes(model.bytes)}
      </td>
      <td style={{ whiteSpace: 'nowrap' }}>{formatDate(model.createdAt)}</td>
      <td>
        {usedBy.length === 0 && <span className={layout.muted}>–</span>}
        {usedBy.map((item, index) => (
          <span key={item.slug}>
            {index > 0 && ', '}
            <Link to={`/projects/${project}/inferences/${item.slug}`}>{item.name}</Link>
          </span>
        ))}
      </td>
      <td className={layout.right}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          disabled={usedBy.length > 0}
          aria-label={t('models.delete', { name: spec.name })}
          onClick={onDelete}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </td>
    </tr>
  )
}
