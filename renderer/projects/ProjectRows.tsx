import { VisuallyHidden } from '@mantine/core'
import { Link } from 'react-router'
import type { Project } from '../../main/contract/index.ts'
import { useInferences } from '../api/live.ts'
import { thumbnailUrl } from '../api/urls.ts'
import { formatMoment, formatNumber } from '../ui/format.ts'
import { followRowLink, moveBetweenRows, rowLink } from '../ui/rows.ts'
import { Panel } from '../ui/Screen.tsx'
import layout from '../ui/layout.module.css'
import { lastActivity } from './projectActivity.ts'
import { ProjectMenu } from './ProjectMenu.tsx'
import { ProjectStatuses } from './ProjectStatuses.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** All projects, one a row: more of them at a glance than as cards. */
export function ProjectRows({ projects }: { projects: readonly Project[] }) {
  const { t } = useWords()
  return (
    <Panel label={t('places.projects')}>
      <table className={layout.table} onKeyDown={moveBetweenRows}>
        <thead>
          <tr>
            <th className={styles.thumbColumn} />
            <th>{t('projects.name')}</th>
            <th>{t('projects.task')}</th>
            <th>{t('projects.inferencesColumn')}</th>
            <th className={layout.right}>{t('places.models')}</th>
            <th className={layout.right}>{t('projects.samplesColumn')}</th>
            <th>{t('projects.activityColumn')}</th>
            <th>
              <VisuallyHidden>{t('center.columns.actions')}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {projects.map((project) => (
            <Row key={project.id} project={project} />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Row({ project }: { project: Project }) {
  const { t } = useWords()
  const { id, name, task, models, samples, newestSample } = project
  const activity = lastActivity(project, useInferences(id))
  return (
    <tr className={layout.rowLink} onClick={followRowLink}>
      <td>
        <div className={styles.thumb}>
          {newestSample && <img src={thumbnailUrl(newestSample)} alt="" loading="lazy" />}
        </div>
      </td>
      <td>
        <Link className={layout.strong} to={`/projects/${id}`} {...rowLink}>
          {name}
        </Link>
      </td>
      <td className={layout.muted}>{t(`tasks.${task}`)}</td>
      <td>
        <ProjectStatuses project={id} />
      </td>
      <td className={layout.right}>{formatNumber(models)}</td>
      <td className={layout.right}>{formatNumber(samples)}</td>
      <td className={layout.muted}>{formatMoment(activity)}</td>
      <td className={layout.right}>
        <ProjectMenu project={project} />
      </td>
    </tr>
  )
}
