import { Button, VisuallyHidden } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState, type FocusEvent } from 'react'
import { Link, useParams } from 'react-router'
import type { Inference } from '../../main/contract/index.ts'
import { useInferences, useLive } from '../api/live.ts'
import { useProject } from '../api/queries.ts'
import { cx } from '../ui/cx.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { moveBetweenRows } from '../ui/rows.ts'
import { Panel, Screen } from '../ui/Screen.tsx'
import layout from '../ui/layout.module.css'
import { CenterBar } from './CenterBar.tsx'
import { InferenceRow } from './InferenceRow.tsx'
import { useCalmOrder } from './useCalmOrder.ts'
import { useCenterFilter } from './useCenterFilter.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './center.module.css'

/** All inferences, or those of the open project: is my line being inspected? */
export function InferenceCenter() {
  const { t } = useWords()
  const { project } = useParams()
  const all = useInferences(project)
  const loaded = useLive((state) => state.loaded)
  const anywhere = useLive((state) => Object.keys(state.inferences).length > 0)
  const filter = useCenterFilter()
  const [isHeld, hold] = useState(false)
  const shown = useCalmOrder(filter.of(all), all, `${project} ${filter.search}`, isHeld)
  const setUp = project && (
    <Button component={Link} to={`/projects/${project}/inferences/new`} leftSection={<IconPlus size={16} />}>
      {t('setup.title')}
    </Button>
  )
  return (
    <Screen title={project ? t('places.inferences') : t('center.all')} actions={all.length > 0 && setUp}>
      {anywhere && <CenterBar all={all} filter={filter} project={project} />}
      <Panel label={t('places.inferences')}>
        {shown.length > 0 && <Table items={shown} withProject={!project} onHold={hold} />}
        {loaded && all.length === 0 && <NothingYet project={project} />}
        {all.length > 0 && shown.length === 0 && (
          <EmptyState
            title={t('center.noMatch')}
            text={t('center.noMatchText')}
            action={
              <Button variant="default" onClick={filter.clear}>
                {t('center.clearFilter')}
              </Button>
            }
          />
        )}
      </Panel>
      {all.length > 0 && (
        <p className={cx(layout.muted, styles.rule)}>
          {t('center.queueRule')} <Link to="/settings">{t('center.resources')}</Link>
        </p>
      )}
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

interface TableProps {
  items: readonly Inference[]
  withProject: boolean
  /** Told whether somebody is at the rows, by pointer or keyboard. */
  onHold: (isHeld: boolean) => void
}

function Table({ items, withProject, onHold }: TableProps) {
  const { t } = useWords()
  const isLeft = ({ currentTarget, relatedTarget }: FocusEvent) =>
    !(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))
  return (
    <div className={styles.scroll}>
      <table className={cx(layout.table, styles.table)} onKeyDown={moveBetweenRows}>
        <thead>
          <tr>
            <th className={styles.nameColumn}>{t('center.columns.inference')}</th>
            <th className={styles.statusColumn}>{t('center.columns.status')}</th>
            <th>{t('center.columns.why')}</th>
            <th className={cx(layout.right, styles.trendColumn)}>{t('center.columns.predictions')}</th>
            <th className={cx(layout.right, styles.trendColumn)}>{t('center.columns.latency')}</th>
            <th className={cx(layout.right, styles.wide, styles.shareColumn)}>{t('center.columns.unknown')}</th>
            <th className={styles.actColumn}>
              <VisuallyHidden>{t('center.columns.actions')}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody
          onPointerEnter={() => onHold(true)}
          onPointerLeave={() => onHold(false)}
          onFocus={({ target }) => target.matches(':focus-visible') && onHold(true)}
          onBlur={(event) => isLeft(event) && onHold(false)}
        >
          {items.map((item) => (
            <InferenceRow key={item.slug} inference={item} withProject={withProject} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
