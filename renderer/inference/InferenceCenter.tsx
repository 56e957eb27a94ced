import { Button, TextInput, VisuallyHidden } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { Link, useParams, useSearchParams } from 'react-router'
import { inferenceStatus, type Inference, type InferenceStatus } from '../../main/contract/index.ts'
import { useInferences, useLive } from '../api/live.ts'
import { useProject } from '../api/queries.ts'
import { cx } from '../ui/cx.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { moveBetweenRows } from '../ui/rows.ts'
import { Panel, Screen } from '../ui/Screen.tsx'
import { StatusIcon, statusColours, statusOrder } from '../ui/StatusPill.tsx'
import layout from '../ui/layout.module.css'
import { InferenceRow } from './InferenceRow.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './center.module.css'

/** All inferences, or those of the open project: is my line being inspected? */
export function InferenceCenter() {
  const { t } = useWords()
  const { project } = useParams()
  const all = useInferences(project)
  const loaded = useLive((state) => state.loaded)
  const filter = useFilter()
  const shown = all.filter(filter.keeps)
  const setUp = project && (
    <Button component={Link} to={`/projects/${project}/inferences/new`} leftSection={<IconPlus size={16} />}>
      {t('setup.title')}
    </Button>
  )
  return (
    <Screen title={project ? t('places.inferences') : t('center.all')} actions={all.length > 0 && setUp}>
      {all.length > 0 && <FilterBar all={all} filter={filter} />}
      <Panel label={t('places.inferences')}>
        {shown.length > 0 && <Table items={shown} withProject={!project} />}
        {loaded && all.length === 0 && <NothingYet project={project} />}
        {all.length > 0 && shown.length === 0 && (
          <EmptyState title={t('center.noMatch')} text={t('center.noMatchText')} />
        )}
      </Panel>
      {all.length > 0 && <p className={layout.muted}>{t('center.queueRule')}</p>}
    </Screen>
  )
}

function NothingYet({ project }: { project: string | undefined }) {
  const { t } = useWords()
  const { data } = useProject(project)
  const hasModel = !project || (data?.models ?? 0) > 0
  const to = !project
    ? '/projects'
    : hasModel
      ? `/projects/${project}/inferences/new`
      : `/projects/${project}/models/import`
  const label = !project ? t('app.toProjects') : hasModel ? t('setup.title') : t('models.import')
  return (
    <EmptyState
      title={t('center.empty')}
      text={hasModel ? t('center.emptyText') : t('center.emptyNoModel')}
      action={
        <Button component={Link} to={to}>
          {label}
        </Button>
      }
    />
  )
}

function Table({ items, withProject }: { items: readonly Inference[]; withProject: boolean }) {
  const { t } = useWords()
  return (
    <div className={styles.scroll}>
      <table className={cx(layout.table, styles.table)} onKeyDown={moveBetweenRows}>
        <thead>
          <tr>
            <th style={{ width: '22%' }}>{t('center.columns.inference')}</th>
            <th style={{ width: 124 }}>{t('center.columns.status')}</th>
            <th>{t('center.columns.why')}</th>
            <th className={layout.right} style={{ width: 104 }}>
              {t('center.columns.predictions')}
            </th>
            <th className={styles.wide} style={{ width: 134 }}>
              {t('center.columns.recent')}
            </th>
            <th className={cx(layout.right, styles.wide)} style={{ width: 84 }}>
              {t('center.columns.unknown')}
            </th>
            <th style={{ width: 156 }}>
              <VisuallyHidden>{t('center.columns.actions')}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <InferenceRow key={item.slug} inference={item} withProject={withProject} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface Filter {
  status: InferenceStatus | undefined
  text: string
  set: (key: 'status' | 'find', value: string) => void
  keeps: (item: Inference) => boolean
}

/** The filter stands in the address, so that it can be linked. */
function useFilter(): Filter {
  const [query, setQuery] = useSearchParams()
  const status = inferenceStatus.safeParse(query.get('status')).data
  const text = query.get('find') ?? ''
  return {
    status,
    text,
    set: (key, value) =>
      setQuery(
        (now) => {
          now.delete(key)
          if (value) now.set(key, value)
          return now
        },
        { replace: true }
      ),
    keeps: (item) =>
      (!status || item.status === status) &&
      `${item.name} ${item.model.name}`.toLowerCase().includes(text.toLowerCase())
  }
}

function FilterBar({ all, filter }: { all: readonly Inference[]; filter: Filter }) {
  const { t } = useWords()
  const present = statusOrder.filter((status) => status === filter.status || all.some((item) => item.status === status))
  return (
    <div className={styles.bar}>
      {present.map((status) => (
        <button
          key={status}
          type="button"
          className={styles.chip}
          style={statusColours(status)}
          aria-pressed={filter.status === status}
          onClick={() => filter.set('status', filter.status === status ? '' : status)}
        >
          <StatusIcon status={status} />
          {t(`counts.${status}`, { count: all.filter((item) => item.status === status).length })}
        </button>
      ))}
      <TextInput
        ml="auto"
        w={180}
        leftSection={<IconSearch size={15} />}
        placeholder={t('center.find')}
        aria-label={t('center.find')}
        value={filter.text}
        onChange={(event) => filter.set('find', event.currentTarget.value)}
      />
    </div>
  )
}
