import { NumberInput } from '@mantine/core'
import { Unit } from '../ui/Unit.tsx'
import { aboutNumber } from './estimateWords.ts'
import { RuleCard } from './RuleCard.tsx'
import type { SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

const path = 'sampling.interval.seconds'

/** One sample every so many seconds. */
export function IntervalRule({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const { interval } = form.draft.sampling
  const set = (part: Partial<typeof interval>) => form.setSampling({ interval: { ...interval, ...part } }, path)
  const seconds = Number(interval.seconds)
  const before = seconds > 0 ? t('setup.estimate.mostPerHour', { value: aboutNumber(3600 / seconds) }) : undefined
  return (
    <RuleCard rule="interval" on={interval.on} onSwitch={(on) => set({ on })} rateBefore={before}>
      <NumberInput
        className={styles.number ?? ''}
        aria-label={t('setup.sampling.seconds')}
        value={interval.seconds}
        rightSection={<Unit of="s" />}
        error={form.errors[path] && t('setup.sampling.secondsRange')}
        onChange={(next) => set({ seconds: next })}
        onBlur={() => form.leave(path)}
      />
    </RuleCard>
  )
}
