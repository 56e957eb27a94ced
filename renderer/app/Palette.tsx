import { Spotlight, spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { IconActivity, IconPackage, IconPlayerPlay, IconSearch, IconSettings, IconSquare } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { useNavigate } from 'react-router'
import { useStart, useStop } from '../api/actions.ts'
import { useInferences } from '../api/live.ts'
import { useProjects } from '../api/queries.ts'
import { toastError } from '../ui/toast.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './Frame.module.css'

const icon = { size: 18, stroke: 1.7 }

/** The field in the top bar that opens the palette. */
export function FindButton() {
  const { t } = useWords()
  return (
    <button type="button" className={styles.find} onClick={() => spotlight.open()}>
      <IconSearch size={15} aria-hidden />
      {t('palette.open')}
      <kbd>{t('keys.names.palette')}</kbd>
    </button>
  )
}

/** Go to any project, inference or screen; start and stop. */
export function Palette() {
  const { t } = useWords()
  const inferences = useInferenceActions()
  const places = usePlaceActions()
  return (
    <Spotlight
      actions={[...inferences, ...places]}
      nothingFound={t('palette.nothing')}
      highlightQuery={false}
      centered={false}
      yOffset={72}
      attributes={{ content: { 'aria-label': t('palette.open') } }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      scrollable
      maxHeight={420}
      limit={40}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('palette.open'),
        'aria-label': t('palette.open'),
        onKeyDown: takeFirst
      }}
    />
  )
}

/** Enter takes the first match where the arrows have chosen none; `theme.css` marks it. */
function takeFirst(event: KeyboardEvent<HTMLInputElement>) {
  const dialog = event.currentTarget.closest('[role="dialog"]')
  if (event.key !== 'Enter' || !dialog || dialog.querySelector('[data-action][data-selected]')) return
  dialog.querySelector<HTMLElement>('[data-action]')?.click()
}

function useInferenceActions(): SpotlightActionData[] {
  const { t } = useWords()
  const navigate = useNavigate()
  const start = useStart()
  const stop = useStop()
  const failed = (error: Error) => toastError(t('palette.failed'), error)
  return useInferences().flatMap(({ slug, name, project, status }) => {
    // A failed one can be tried again, and given up.
    const canRun = status === 'stopped' || status === 'failed'
    const canStop = status !== 'stopped' && status !== 'stopping'
    const run = {
      id: `start-${slug}`,
      label: t('palette.run', { name }),
      leftSection: <IconPlayerPlay {...icon} />,
      onClick: () => start.mutate(slug, { onError: failed })
    }
    const end = {
      id: `stop-${slug}`,
      label: t('palette.stop', { name }),
      leftSection: <IconSquare {...icon} />,
      onClick: () => stop.mutate(slug, { onError: failed })
    }
    return [
      {
        id: `open-${slug}`,
        label: name,
        description: t('palette.inferenceOf', { project: project.name, status: t(`status.${status}`) }),
        leftSection: <IconActivity {...icon} />,
        onClick: () => void navigate(`/projects/${project.id}/inferences/${slug}`)
      },
      ...(canRun ? [run] : []),
      ...(canStop ? [end] : [])
    ]
  })
}

function usePlaceActions(): SpotlightActionData[] {
  const { t } = useWords()
  const navigate = useNavigate()
  const projects = useProjects()
  const go = (id: string, label: string, to: string, leftSection: SpotlightActionData['leftSection']) => ({
    id,
    label,
    leftSection,
    onClick: () => void navigate(to)
  })
  const ofProjects = (projects.data ?? []).flatMap(({ id, name }) =>
    (['overview', 'inferences', 'models', 'samples', 'data'] as const).map((place) =>
      go(
        `${id}-${place}`,
        `${name}: ${t(`places.${place}`)}`,
        place === 'overview' ? `/projects/${id}` : `/projects/${id}/${place}`,
        <IconPackage {...icon} />
      )
    )
  )
  return [
    ...ofProjects,
    go('projects', t('places.projects'), '/projects', <IconPackage {...icon} />),
    go('inferences', t('center.all'), '/inferences', <IconActivity {...icon} />),
    go('settings', t('places.settings'), '/settings', <IconSettings {...icon} />)
  ]
}
