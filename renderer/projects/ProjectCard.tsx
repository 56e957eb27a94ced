import { IconPhoto } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Project } from '../../main/contract/index.ts'
import { useInferences } from '../api/live.ts'
import { thumbnailUrl } from '../api/urls.ts'
import { formatNumber } from '../ui/format.ts'
import { StatusIcon, statusColours, statusOrder } from '../ui/StatusPill.tsx'
import { ProjectMenu } from './ProjectMenu.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

export function ProjectCard({ project }: { project: Project }) {
  const { t } = useWords()
  const { id, name, task, models, samples, newestSample } = project
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
        <Statuses project={id} />
      </div>
      <div className={styles.menu}>
        <ProjectMenu project={project} />
      </div>
    </li>
  )
}

function Statuses({ project }: { project: string }) {
  const { t } = useWords()
  const inferences = useInferences(project)
  const counts = statusOrder.flatMap((status) => {
    const count = inferences.filter((item) => item.status === status).length
    return count > 0 ? [{ status, count }] : []
  })
  return (
    <div className={styles.statuses}>
      {counts.map(({ status, count }) => (
        <span key={status} style={statusColours(status)}>
          <StatusIcon status={status} size={14} />
          {t(`counts.${status}`, { count })}
        </span>
      ))}
    </div>
  )
}
