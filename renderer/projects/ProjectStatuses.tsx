import { useInferences } from '../api/live.ts'
import { StatusIcon, statusColours, statusOrder } from '../ui/StatusPill.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** How many inferences of a project have each status; nothing of those that none has. */
export function ProjectStatuses({ project }: { project: string }) {
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
