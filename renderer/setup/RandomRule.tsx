import { NumberInput, Slider } from '@mantine/core'
import { Unit } from '../ui/Unit.tsx'
import { ofThousand } from './estimateWords.ts'
import { RuleCard } from './RuleCard.tsx'
import type { SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

const path = 'sampling.random.probability'

/** A share of the requests, by a slider or as a number. */
export function RandomRule({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const { random } = form.draft.sampling
  const percent = Number(random.percent)
  const set = (part: Partial<typeof random>) => form.setSampling({ random: { ...random, ...part } }, path)
  const share = Number.isFinite(percent) ? Math.min(100, Math.max(0, percent)) : 0
  const before = t('setup.estimate.perThousand', ofThousand(share, 100))
  return (
    <RuleCard rule="random" on={random.on} onSwitch={(on) => set({ on })} rateBefore={before}>
      <div className={styles.slider}>
        <Slider
          min={0}
          max={100}
          step={1}
          label={null}
          thumbLabel={t('setup.sampling.share')}
          value={share}
          onChange={(value) => set({ percent: value })}
        />
        <NumberInput
          aria-label={t('setup.sampling.share')}
          value={random.percent}
          rightSection={<Unit of="%" />}
          error={form.errors[path] && t('setup.sampling.shareRange')}
          onChange={(value) => set({ percent: value })}
          onBlur={() => form.leave(path)}
        />
      </div>
    </RuleCard>
  )
}
