import { Link, useLocation } from 'react-router'
import { useInference } from '../api/live.ts'
import { useProject } from '../api/queries.ts'
import { useCurrentProject } from './currentProject.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './Frame.module.css'

interface Crumb {
  to: string
  label: string
}

/** The way to the current screen, each step a link. */
export function Breadcrumbs() {
  const { t } = useWords()
  const crumbs = useCrumbs()
  return (
    <nav aria-label={t('app.breadcrumbs')} style={{ flex: 1, minWidth: 0 }}>
      <ol className={styles.crumbs}>
        {crumbs.map((crumb, index) => (
          <li key={crumb.to}>
            {index > 0 && <span aria-hidden>/</span>}
            {index === crumbs.length - 1 ? (
              <span aria-current="page">{crumb.label}</span>
            ) : (
              <Link to={crumb.to}>{crumb.label}</Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

function useCrumbs(): Crumb[] {
  const { t } = useWords()
  const parts = useLocation().pathname.split('/').filter(Boolean)
  const projectId = useCurrentProject()
  const project = useProject(projectId)
  const [, , place, item, below] = parts
  const inference = useInference(place === 'inferences' ? (item ?? '') : '')
  if (parts[0] === 'settings') return [{ to: '/settings', label: t('places.settings') }]
  if (parts[0] === 'inferences') return [{ to: '/inferences', label: t('center.all') }]
  const crumbs: Crumb[] = [{ to: '/projects', label: t('places.projects') }]
  if (!projectId) return crumbs
  const base = `/projects/${projectId}`
  crumbs.push({ to: base, label: project.data?.name ?? '…' })
  const placeLabel = placeLabels[place ?? '']
  if (!place || !placeLabel) return crumbs
  crumbs.push({ to: `${base}/${place}`, label: t(placeLabel) })
  if (!item) return crumbs
  crumbs.push({ to: `${base}/${place}/${item}`, label: itemLabel(place, item) })
  if (below) crumbs.push({ to: `${base}/${place}/${item}/${below}`, label: t('setup.edit') })
  return crumbs

  function itemLabel(of: string, key: string) {
    if (of === 'inferences') return key === 'new' ? t('setup.title') : (inference?.name ?? key)
    if (of === 'models') return t('models.import')
    return t('sample.title')
  }
}

const placeLabels: Partial<Record<string, 'places.inferences' | 'places.models' | 'places.samples' | 'places.data'>> = {
  inferences: 'places.inferences',
  models: 'places.models',
  samples: 'places.samples',
  data: 'places.data'
}
