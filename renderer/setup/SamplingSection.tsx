import { NumberInput, Slider, Switch, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../ui/format.ts'
import { SetupSection } from './SetupSection.tsx'
import type { SetupForm } from './useSetupForm.ts'
import styles from './setup.module.css'

const path = 'sampling.random.probability'

/** Which requests are kept as samples. */
export function SamplingSection({ form }: { form: SetupForm }) {
  const { t } = useTranslation()
  const { draft, errors, change, leave } = form
  const { random } = draft
  const percent = Number(random.percent)
  const set = (part: Partial<typeof random>) => change({ random: { ...random, ...part } }, path)
  return (
    <SetupSection section="sampling" help={t('setup.sampling.help')}>
      <div className={styles.full}>
        <Switch
          label={t('setup.sampling.random')}
          description={t('setup.sampling.randomHelp')}
          checked={random.on}
          onChange={(event) => set({ on: event.currentTarget.checked })}
        />
      </div>
      {random.on && (
        <div className={`${styles.full} ${styles.slider}`}>
          <Slider
            min={0}
            max={100}
            step={1}
            label={null}
            thumbLabel={t('setup.sampling.share')}
            value={Number.isFinite(percent) ? Math.min(100, Math.max(0, percent)) : 0}
            onChange={(value) => set({ percent: value })}
          />
          <NumberInput
            aria-label={t('setup.sampling.share')}
            value={random.percent}
            rightSection={
              <Text size="sm" c="dimmed" pr={10}>
                %
              </Text>
            }
            error={errors[path] && t('setup.sampling.shareRange')}
            onChange={(value) => set({ percent: value })}
            onBlur={() => leave(path)}
          />
        </div>
      )}
      <p className={`${styles.full} ${styles.effect}`}>{effect()}</p>
    </SetupSection>
  )

  function effect() {
    if (!random.on || percent === 0) return t('setup.sampling.nothing')
    if (percent === 100) return t('setup.sampling.everything')
    if (!(percent > 0 && percent < 100)) return ''
    return t('setup.sampling.oneIn', {
      count: Math.round(100 / percent),
      shown: formatNumber(Math.round(100 / percent))
    })
  }
}
