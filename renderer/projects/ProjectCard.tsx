import { IconPhoto } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Project } from '../../main/contract/index.ts'
import { useInferences } from '../api/live.ts'
import { thumbnailUrl } from '../api/urls.ts'
import { formatMoment, formatNumber } from '../ui/format.ts'
import { lastActivity } from './projectActivity.ts'
import { ProjectMenu } from './ProjectMenu.tsx'
import { ProjectStatuses } from './ProjectStatuses.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** A project with the picture of its newest sample. */
export function ProjectCard({ project }: { project: Project }) {
  const { t } = useWords()
  const { id, name, task, models, samples, newestSample } = project
  const activity = lastActivity(project, useInferences(id))
  const facts = [
    t(`tasks.${task}`),
    t('projects.models', { count: models }),
    t('projects.samples', { count: samples, shown: formatNumber(samples) })
  ]
  return (
    <li className={styles.card}>
      <div className={styles.picture}>
        {newestSample ? (
          <img src={thumbnailUrl(newestSample)} alt="" loading="lazy" />
        ) : (
          <IconPhoto size={28} stroke={1.2} />
        )}
      </div>
      <div className={styles.body}>
        <Link to={`/projects/${id}`} className={styles.name}>
          {name}
        </Link>
        <p className={styles.facts}>{facts.join(' · ')}</p>
        <p className={styles.facts}>{t('projects.activity', { time: formatMoment(activity) })}</p>
        <ProjectStatuses project={id} />
      </div>
      <div className={styles.menu}>
        <ProjectMenu project={project} />
      </div>
    </li>
  )
}
