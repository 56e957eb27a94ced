import { NumberInput, Slider, VisuallyHidden } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { formatConfidence } from '../ui/format.ts'
import { UnknownOfClass } from './UnknownEstimated.tsx'
import type { SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

interface ThresholdRowProps {
  form: SetupForm
  name: string
  colour: string
  value: number | string
  /** Where optimizations put this class. */
  ticks: readonly number[]
  /** Whether the chosen optimization does not know the class. */
  isLacking: boolean
}

/** The threshold of one class, by a slider or as a number. */
export function ThresholdRow({ form, name, colour, value, ticks, isLacking }: ThresholdRowProps) {
  const { t } = useWords()
  const { classThresholds } = form.draft
  const isLocked = classThresholds.source !== 'manual'
  const path = `classThresholds.values.${name}`
  const set = (next: number | string) => {
    const values = { ...classThresholds.values, [name]: next }
    form.change({ classThresholds: { ...classThresholds, values } }, path)
  }
  return (
    <div className={styles.threshold} data-locked={isLocked}>
      <span>
        <span className={styles.thresholdClass}>
          <span className={styles.swatch} style={{ background: colour }} />
          {name}
        </span>
        <UnknownOfClass name={name} />
      </span>
      <Slider
        min={0}
        max={1}
        step={0.01}
        label={null}
        disabled={isLocked}
        thumbLabel={t('setup.thresholds.ofClass', { name })}
        marks={ticks.map((tick) => ({ value: tick }))}
        classNames={{ mark: styles.tick ?? '', bar: styles.bar ?? '' }}
        value={within(value)}
        onChange={set}
      />
      <NumberInput
        aria-label={t('setup.thresholds.ofClass', { name })}
        value={value}
        step={0.05}
        readOnly={isLocked}
        variant={isLocked ? 'filled' : 'default'}
        rightSection={isLocked && <IconLock size={14} aria-hidden />}
        error={form.errors[path]}
        onChange={set}
        onBlur={() => form.leave(path)}
      />
      <Notes form={form} value={value} isLacking={isLacking} />
      {ticks.length > 0 && (
        <VisuallyHidden>
          {t('setup.thresholds.ticks', { values: ticks.map((tick) => formatConfidence(tick)).join(', ') })}
        </VisuallyHidden>
      )}
    </div>
  )
}

function Notes({ form, value, isLacking }: Pick<ThresholdRowProps, 'form' | 'value' | 'isLacking'>) {
  const { t } = useWords()
  const floor = form.draft.parameters['confidence']
  const isBelow = typeof floor === 'number' && typeof value === 'number' && value > 0 && value <= floor
  if (!isLacking && !isBelow) return null
  return (
    <p className={styles.thresholdNote}>
      {isLacking
        ? t('setup.thresholds.lacks')
        : t('setup.thresholds.belowFloor', { floor: formatConfidence(Number(floor)) })}
    </p>
  )
}

function within(value: number | string) {
  const number = Number(value)
  return Number.isFinite(number) ? Math.min(1, Math.max(0, number)) : 0
}
