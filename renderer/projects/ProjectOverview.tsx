import { Button } from '@mantine/core'
import { Link, useNavigate, useParams } from 'react-router'
import type { Inference, Project } from '../../main/contract/index.ts'
import { useInferences } from '../api/live.ts'
import { useProject } from '../api/queries.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatNumber } from '../ui/format.ts'
import { followRowLink, moveBetweenRows, rowLink } from '../ui/rows.ts'
import { Panel, Screen } from '../ui/Screen.tsx'
import { Sparkline } from '../ui/Sparkline.tsx'
import { StatusPill } from '../ui/StatusPill.tsx'
import { StatusReason } from '../ui/StatusReason.tsx'
import { rateTrend } from '../ui/trends.ts'
import layout from '../ui/layout.module.css'
import { ModelsTable } from './ModelsTable.tsx'
import { NextSteps } from './NextSteps.tsx'
import { ProjectMenu } from './ProjectMenu.tsx'
import { useWords } from '../ui/words/useWords.ts'

/** A project at a glance: what runs, what to do next, and its models. */
export function ProjectOverview() {
  const { t } = useWords()
  const { project: id = '' } = useParams()
  const { data: project, isError } = useProject(id)
  if (project) return <Overview project={project} />
  return isError ? <EmptyState title={t('projects.gone')} text={t('projects.goneText')} /> : null
}

function Overview({ project }: { project: Project }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const inferences = useInferences(project.id)
  return (
    <Screen
      title={project.name}
      beside={<span className={layout.beside}>{t(`tasks.${project.task}`)}</span>}
      actions={<ProjectMenu project={project} onDeleted={() => void navigate('/projects')} />}
    >
      <div className={layout.cols}>
        <Panel
          title={t('places.inferences')}
          actions={
            <Button component={Link} to={`/projects/${project.id}/inferences`} variant="subtle" size="compact-md">
              {t('projects.all')}
            </Button>
          }
        >
          {inferences.length > 0 ? (
            <Inferences items={inferences} />
          ) : (
            <EmptyState title={t('center.empty')} text={t('center.emptyText')} />
          )}
        </Panel>
        <NextSteps project={project} inferences={inferences} />
      </div>
      <ModelsTable project={project.id} />
    </Screen>
  )
}

function Inferences({ items }: { items: readonly Inference[] }) {
  const { t } = useWords()
  return (
    <table className={layout.table} onKeyDown={moveBetweenRows}>
      <tbody>
        {items.map((item) => (
          <tr key={item.slug} className={layout.rowLink} onClick={followRowLink} style={{ height: 52 }}>
            <td>
              <Link className={layout.strong} to={`/projects/${item.project.id}/inferences/${item.slug}`} {...rowLink}>
                {item.name}
              </Link>
            </td>
            <td>
              <StatusPill status={item.status} />
            </td>
            {item.status === 'healthy' ? (
              <td className={layout.right} style={{ whiteSpace: 'nowrap' }}>
                <span style={{ display: 'inline-flex', gap: 12, alignItems: 'center' }}>
                  {formatNumber(item.figures.perMinute)} {t('units.perMinute')}
                  <Sparkline values={rateTrend(item.figures)} label={t('center.recent')} width={80} height={22} />
                </span>
              </td>
            ) : (
              <td className={layout.muted}>
                <StatusReason inference={item} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
