import { NumberInput, RangeSlider } from '@mantine/core'
import { formatConfidence } from '../ui/format.ts'
import { ConfidencesHistogram } from './ConfidencesHistogram.tsx'
import { useEstimate } from './Estimates.tsx'
import { RuleCard } from './RuleCard.tsx'
import type { SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

const path = { from: 'sampling.confidence.from', to: 'sampling.confidence.to' } as const

/** A range of confidences, by a slider with two ends over those that were seen, or as numbers; both ends are inside. */
export function ConfidenceRule({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const { confidence } = form.draft.sampling
  const set = (part: Partial<typeof confidence>, end: 'from' | 'to' = 'from') =>
    form.setSampling({ confidence: { ...confidence, ...part } }, path[end])
  const [from, to] = [within(confidence.from), within(confidence.to)]
  return (
    <RuleCard rule="confidence" on={confidence.on} onSwitch={(on) => set({ on })}>
      <ConfidencesHistogram from={Math.min(from, to)} to={to} />
      <RangeSlider
        min={0}
        max={1}
        step={0.01}
        minRange={0}
        label={null}
        thumbFromLabel={t('setup.sampling.from')}
        thumbToLabel={t('setup.sampling.to')}
        value={[Math.min(from, to), to]}
        onChange={([start, end]) => set({ from: start, to: end })}
      />
      <div className={styles.range}>
        <NumberEnd form={form} end="from" onChange={(value) => set({ from: value })} />
        <NumberEnd form={form} end="to" onChange={(value) => set({ to: value }, 'to')} />
      </div>
      <BelowFloor form={form} from={from} />
      <NotSeen from={from} />
    </RuleCard>
  )
}

interface NumberEndProps {
  form: SetupForm
  end: 'from' | 'to'
  onChange: (value: number | string) => void
}

function NumberEnd({ form, end, onChange }: NumberEndProps) {
  const { t } = useWords()
  return (
    <NumberInput
      aria-label={t(`setup.sampling.${end}`)}
      value={form.draft.sampling.confidence[end]}
      step={0.05}
      error={form.errors[path[end]]}
      onChange={onChange}
      onBlur={() => form.leave(path[end])}
    />
  )
}

/** What becomes of the range's part below the confidence floor. */
function BelowFloor({ form, from }: { form: SetupForm; from: number }) {
  const { t } = useWords()
  const floor = form.draft.parameters['confidence']
  if (typeof floor !== 'number' || from >= floor) return null
  const values = { from: formatConfidence(from), floor: formatConfidence(floor) }
  const isFiltered = form.model?.spec.options['layout'] === 'rows'
  return (
    <p className={styles.effect}>
      {t('setup.sampling.belowFloor', values)} {isFiltered && t('setup.sampling.filteredFile')}
    </p>
  )
}

/** What the estimate cannot know of. */
function NotSeen({ from }: { from: number }) {
  const { t } = useWords()
  const { estimate } = useEstimate()
  if (!estimate || from >= estimate.basis.seenFrom) return null
  const floor = formatConfidence(estimate.basis.seenFrom)
  return <p className={styles.effect}>{t('setup.estimate.notSeen', { floor })}</p>
}

function within(value: number | string) {
  const number = Number(value)
  return Number.isFinite(number) ? Math.min(1, Math.max(0, number)) : 0
}
