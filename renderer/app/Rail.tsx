import {
  IconActivity,
  IconBox,
  IconDatabase,
  IconHome,
  IconPackage,
  IconSettings,
  IconTag,
  type Icon
} from '@tabler/icons-react'
import { Tooltip } from '@mantine/core'
import { Link, NavLink } from 'react-router'
import { useInferences } from '../api/live.ts'
import { useProject } from '../api/queries.ts'
import { formatNumber } from '../ui/format.ts'
import { useCurrentProject } from './currentProject.ts'
import { useFolded } from './useFolded.ts'
import { WorkstationFoot } from './WorkstationFoot.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './Rail.module.css'

/** The places: projects, those of the open project, the workstation's state and the settings. */
export function Rail() {
  const { t } = useWords()
  const project = useCurrentProject()
  return (
    <nav className={styles.rail} aria-label={t('app.places')}>
      <Link to="/projects" className={styles.logo} aria-label="Lineside">
        <Mark />
        <span className={styles.word}>Lineside</span>
      </Link>
      <Place to="/projects" end icon={IconPackage} label={t('places.projects')} />
      {project ? (
        <ProjectPlaces id={project} />
      ) : (
        <Place to="/inferences" icon={IconActivity} label={t('center.all')} />
      )}
      <div className={styles.foot}>
        <WorkstationFoot />
      </div>
      <Place to="/settings" icon={IconSettings} label={t('places.settings')} />
    </nav>
  )
}

function ProjectPlaces({ id }: { id: string }) {
  const { t } = useWords()
  const { data } = useProject(id)
  const inferences = useInferences(id).length
  const base = `/projects/${id}`
  return (
    <>
      <div className={styles.project}>{data?.name}</div>
      <Place to={base} end icon={IconHome} label={t('places.overview')} />
      <Place to={`${base}/inferences`} icon={IconActivity} label={t('places.inferences')} count={inferences} />
      <Place to={`${base}/models`} icon={IconBox} label={t('places.models')} count={data?.models} />
      <Place to={`${base}/samples`} icon={IconTag} label={t('places.samples')} count={data?.samples} />
      <Place to={`${base}/data`} icon={IconDatabase} label={t('places.data')} />
    </>
  )
}

interface PlaceProps {
  to: string
  icon: Icon
  label: string
  count?: number | undefined
  end?: boolean
}

function Place({ to, icon: Shape, label, count, end = false }: PlaceProps) {
  const folded = useFolded()
  return (
    <Tooltip label={label} position="right" disabled={!folded}>
      <NavLink to={to} end={end} className={styles.place ?? ''} aria-label={folded ? label : undefined}>
        <Shape size={17} stroke={1.7} aria-hidden />
        <span className={styles.word}>{label}</span>
        {count !== undefined && count > 0 && <span className={styles.count}>{formatNumber(count)}</span>}
      </NavLink>
    </Tooltip>
  )
}

function Mark() {
  return (
    <svg className={styles.mark} viewBox="0 0 20 20" aria-hidden>
      <rect className={styles.markGround} width="20" height="20" rx="5" />
      <path className={styles.markLines} d="M5.5 6h9M5.5 10h9M5.5 14h9" strokeWidth="2" strokeLinecap="round" />
    </svg>
  )
}
