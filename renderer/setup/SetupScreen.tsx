import { useParams, useSearchParams } from 'react-router'
import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { useInference, useInferences, useLive } from '../api/live.ts'
import { useModels, useOptimizations, useSettings, useSetup } from '../api/queries.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel, Screen } from '../ui/Screen.tsx'
import { copyOf, draftOfSetup, newDraft } from './draft.ts'
import { newThresholds } from './thresholdsDraft.ts'
import { SetupEditor } from './SetupEditor.tsx'
import { useWords } from '../ui/words/useWords.ts'

/** Sets up a new inference, one like another, or changes a stopped one. */
export function SetupScreen() {
  const { t } = useWords()
  const { project = '', slug } = useParams()
  const like = useSearchParams()[0].get('like') ?? undefined
  const source = slug ?? like
  const { data: stored } = useSetup(source)
  const { data: models } = useModels(project)
  const { data: settings } = useSettings()
  const { data: optimizations } = useOptimizations(project)
  // A name is free, and a run known, once all inferences are.
  const areKnown = useLive(({ loaded }) => loaded)
  const names = useInferences(project).map((item) => item.name)
  const status = useInference(slug ?? '')?.status
  if (!areKnown || !models || !settings || !optimizations || (source && !stored)) return null
  const title = slug ? t('setup.editTitle', { name: stored?.name ?? '' }) : t('setup.title')
  if (models.length === 0) return <NoModel project={project} />
  if (slug && status && status !== 'stopped') {
    return (
      <Screen title={title}>
        <Panel>
          <EmptyState title={t('setup.running')} text={t('setup.runningText')} />
        </Panel>
      </Screen>
    )
  }
  const preferred = models.find((model) => model.isDefault) ?? models[0]
  const draft = stored
    ? draftOfSetup(stored)
    : newDraft(
        freeName(t('setup.defaultName'), names),
        preferred,
        settings.defaultThreads,
        newThresholds(optimizations)
      )
  const initial = like && stored ? copyOf(draft, freeName(stored.name, names)) : draft
  return (
    <SetupEditor key={source ?? 'new'} title={title} project={project} slug={slug} initial={initial} models={models} />
  )
}

function NoModel({ project }: { project: string }) {
  const { t } = useWords()
  return (
    <Screen title={t('setup.title')}>
      <Panel>
        <EmptyState
          title={t('models.empty')}
          text={t('center.emptyNoModel')}
          action={
            <Button component={Link} to={`/projects/${project}/models/import`}>
              {t('models.import')}
            </Button>
          }
        />
      </Panel>
    </Screen>
  )
}

function freeName(name: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const next = number === 1 ? name : `${name} ${number}`
    if (!taken.includes(next)) return next
  }
}
