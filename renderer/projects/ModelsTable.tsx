import { ActionIcon, Button, VisuallyHidden } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconStarFilled } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Model } from '../../main/contract/index.ts'
import { useModels } from '../api/queries.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatBytes, formatDate } from '../ui/format.ts'
import { Panel } from '../ui/Screen.tsx'
import layout from '../ui/layout.module.css'
import { ModelFacts } from './ModelFacts.tsx'
import { ModelMenu } from './ModelMenu.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** The models of a project with what is known of each, and what can be done with it. */
export function ModelsTable({ project, bare = false }: { project: string; bare?: boolean }) {
  const { t } = useWords()
  const { data: models = [], isSuccess } = useModels(project)
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
        <div className={styles.tableScroll}>
          <table className={layout.table}>
            <Head />
            <tbody>
              {models.map((model) => (
                <ModelRow key={model.id} model={model} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}

function Head() {
  const { t } = useWords()
  return (
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
  )
}

const columns = 8

function ModelRow({ model }: { model: Model }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const { id, spec, usedBy, project } = model
  return (
    <>
      <tr>
        <td>
          <div className={styles.modelName}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={t('models.facts', { name: spec.name })}
              aria-expanded={open}
              aria-controls={`facts-${id}`}
              onClick={() => setOpen(!open)}
            >
              {open ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
            </ActionIcon>
            <span className={layout.strong}>{spec.name}</span>
            <span className={layout.muted}>{spec.version}</span>
            {model.isDefault && <DefaultMark />}
          </div>
        </td>
        <td>{t(`families.${spec.family}`)}</td>
        <td title={spec.classes.slice(0, 40).join(', ')}>{spec.classes.length}</td>
        <td className={styles.oneLine}>
          {spec.input.width} × {spec.input.height}
        </td>
        <td className={styles.oneLine}>{formatBytes(model.bytes)}</td>
        <td className={styles.oneLine}>{formatDate(model.createdAt)}</td>
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
          <ModelMenu model={model} />
        </td>
      </tr>
      {open && (
        <tr id={`facts-${id}`}>
          <td colSpan={columns}>
            <ModelFacts model={model} />
          </td>
        </tr>
      )}
    </>
  )
}

function DefaultMark() {
  const { t } = useWords()
  return (
    <span className={styles.default}>
      <IconStarFilled size={11} aria-hidden />
      {t('models.default')}
    </span>
  )
}
