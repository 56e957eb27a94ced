import { ActionIcon, Button, VisuallyHidden } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { Link, useParams } from 'react-router'
import type { SampleImport } from '../../main/contract/index.ts'
import { useImports } from '../api/queries.ts'
import { usePlatform } from '../platform/platform.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatBytes, formatMoment, formatNumber } from '../ui/format.ts'
import { followRowLink, moveBetweenRows, rowLink } from '../ui/rows.ts'
import { Panel, Screen } from '../ui/Screen.tsx'
import { useWords } from '../ui/words/useWords.ts'
import layout from '../ui/layout.module.css'

/** The folders in which samples lie, one for each run. */
export function DataCenter() {
  const { t } = useWords()
  const { project = '' } = useParams()
  const imports = useImports(project)
  const items = imports.data ?? []
  return (
    <Screen title={t('places.data')}>
      <Panel label={t('data.imports')}>
        {items.length > 0 && <ImportsTable items={items} />}
        {imports.isSuccess && items.length === 0 && (
          <EmptyState
            title={t('data.empty')}
            text={t('data.emptyText')}
            action={
              <Button component={Link} to={`/projects/${project}/inferences`}>
                {t('labels.toInferences')}
              </Button>
            }
          />
        )}
      </Panel>
      {imports.hasNextPage && (
        <div>
          <Button variant="default" loading={imports.isFetchingNextPage} onClick={() => void imports.fetchNextPage()}>
            {t('data.more')}
          </Button>
        </div>
      )}
    </Screen>
  )
}

function ImportsTable({ items }: { items: readonly SampleImport[] }) {
  const { t } = useWords()
  const { showInFolder } = usePlatform()
  return (
    <table className={layout.table} onKeyDown={moveBetweenRows}>
      <thead>
        <tr>
          <th>{t('data.columns.name')}</th>
          <th>{t('data.columns.origin')}</th>
          <th className={layout.right}>{t('data.columns.samples')}</th>
          <th className={layout.right}>{t('data.columns.size')}</th>
          <th>{t('data.columns.fromTo')}</th>
          {showInFolder && (
            <th>
              <VisuallyHidden>{t('center.columns.actions')}</VisuallyHidden>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id} className={layout.rowLink} onClick={followRowLink}>
            <td>
              <Link
                className={layout.strong}
                to={`/projects/${item.project.id}/samples?import=${item.id}`}
                title={item.folder}
                {...rowLink}
              >
                {item.name}
              </Link>
            </td>
            <td>{t(`data.origins.${item.origin}`)}</td>
            <td className={layout.right}>{formatNumber(item.samples)}</td>
            <td className={layout.right}>{formatBytes(item.bytes)}</td>
            <td className={layout.muted}>{rangeOf(item)}</td>
            {showInFolder && (
              <td className={layout.right}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={32}
                  aria-label={t('data.show', { name: item.name })}
                  onClick={() => showInFolder(item.folder)}
                >
                  <IconFolderOpen size={16} />
                </ActionIcon>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function rangeOf({ firstAt, lastAt }: SampleImport) {
  if (!firstAt || !lastAt) return '–'
  return firstAt === lastAt ? formatMoment(firstAt) : `${formatMoment(firstAt)} – ${formatMoment(lastAt)}`
}
