import { Button, Select } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import type { Optimization } from '../../main/contract/index.ts'
import { formatMoment } from '../ui/format.ts'
import { aimWords } from '../ui/setupWords.ts'
import { OptimizationEvidence } from './OptimizationEvidence.tsx'
import { SetupSection } from './SetupSection.tsx'
import { UnknownEstimated } from './UnknownEstimated.tsx'
import { ThresholdRows } from './ThresholdRows.tsx'
import type { ThresholdsDraft } from './thresholdsDraft.ts'
import type { SetupForm } from './useSetupForm.ts'
import { useThresholds } from './useThresholds.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

const path = 'classThresholds.optimization'

/** How sure the model must be of each class, and where that comes from. */
export function ClassThresholdsSection({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const { classThresholds: draft } = form.draft
  const thresholds = useThresholds(form)
  const { chosen, shown } = thresholds
  const set = (part: Partial<ThresholdsDraft>) => form.change({ classThresholds: { ...draft, ...part } }, path)
  const choose = (value: string | null) => {
    if (value === null || value === valueOf(draft)) return
    if (value === 'manual') set({ source: value, values: shown })
    else if (value === 'latest' || value === 'none') set({ source: value, optimization: null })
    else set({ source: 'optimization', optimization: value })
  }
  return (
    <SetupSection section="classThresholds" help={t('setup.thresholds.help')}>
      <div className={`${styles.full} ${styles.thresholdSource}`}>
        <Select
          label={t('setup.thresholds.label')}
          description={<About draft={draft} chosen={chosen} />}
          data={useSources(form, thresholds)}
          value={valueOf(draft)}
          error={form.errors[path]}
          onChange={choose}
        />
        {chosen && <Evidence chosen={chosen} project={form.project} />}
      </div>
      <Warning form={form} {...thresholds} />
      {draft.source !== 'none' && (
        <>
          <UnknownEstimated />
          <ThresholdRows form={form} {...thresholds} />
        </>
      )}
    </SetupSection>
  )
}

const valueOf = ({ source, optimization }: ThresholdsDraft) => (source === 'optimization' ? optimization : source)

/** What can be chosen; the one that is the most recent is not an earlier one, unless it was chosen before. */
function useSources(form: SetupForm, { optimizations, chosen }: ReturnType<typeof useThresholds>) {
  const { t } = useWords()
  const { source, optimization } = form.draft.classThresholds
  const [newest] = optimizations.filter(({ model }) => model.id === form.model?.id).concat(optimizations)
  const earlier = optimizations.filter(({ id }) => id !== newest?.id || id === optimization)
  const gone = source === 'optimization' && !chosen && optimization ? [{ value: optimization, label: '…' }] : []
  return [
    ...(newest || source === 'latest' ? [{ value: 'latest', label: t('setup.thresholds.latest') }] : []),
    ...earlier.map((one) => ({ value: one.id, label: earlierWords(one) })),
    ...gone,
    { value: 'manual', label: t('setup.thresholds.manual') },
    { value: 'none', label: t('setup.thresholds.none') }
  ]

  function earlierWords({ at, aim, model }: Optimization) {
    const words = { when: formatMoment(at), aim: aimWords(t, aim) }
    if (model.id === form.model?.id) return t('setup.thresholds.earlier', words)
    return t('setup.thresholds.earlierOther', { ...words, model: `${model.name} ${model.version}` })
  }
}

function About({ draft: { source }, chosen }: { draft: ThresholdsDraft; chosen: Optimization | undefined }) {
  const { t } = useWords()
  if (source !== 'latest') return t(`setup.thresholds.about.${source}`)
  return chosen && t('setup.thresholds.about.latest', { when: formatMoment(chosen.at), aim: aimWords(t, chosen.aim) })
}

function Evidence({ chosen, project }: { chosen: Optimization; project: string }) {
  const { t } = useWords()
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('setup.thresholds.evidence')}
      </Button>
      <OptimizationEvidence optimization={chosen} project={project} opened={opened} onClose={() => setOpened(false)} />
    </>
  )
}

/** What somebody should know before these thresholds are used. */
function Warning({ form, chosen }: { form: SetupForm; chosen: Optimization | undefined }) {
  const { t } = useWords()
  const { source } = form.draft.classThresholds
  const words = () => {
    if (source === 'latest' && !chosen) return t('setup.thresholds.noOptimization')
    if (source === 'optimization' && !chosen) return t('setup.thresholds.gone')
    if (!chosen || chosen.model.id === form.draft.model) return null
    return t('setup.thresholds.otherModel', { model: `${chosen.model.name} ${chosen.model.version}` })
  }
  const said = words()
  if (said === null) return null
  return (
    <p className={`${styles.full} ${styles.warning}`} role="status">
      <IconAlertTriangle size={16} aria-hidden />
      {said}
    </p>
  )
}
