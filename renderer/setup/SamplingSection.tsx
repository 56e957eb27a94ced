import { ClassesRule } from './ClassesRule.tsx'
import { ConfidenceRule } from './ConfidenceRule.tsx'
import { IntervalRule } from './IntervalRule.tsx'
import { RandomRule } from './RandomRule.tsx'
import { RuleCard } from './RuleCard.tsx'
import { SamplingEstimated } from './SamplingEstimated.tsx'
import { SamplingLimits } from './SamplingLimits.tsx'
import { SizesRule } from './SizesRule.tsx'
import { SetupSection } from './SetupSection.tsx'
import { useSamplingRules } from './useSamplingRules.ts'
import type { SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

/** Which requests are kept as samples: any rule that is on suffices. */
export function SamplingSection({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const { draft, setSampling } = form
  const { unknown } = draft.sampling
  const rules = useSamplingRules(draft)
  return (
    <SetupSection section="sampling" help={t('setup.sampling.help')}>
      <div className={`${styles.full} ${styles.rules}`}>
        <RandomRule form={form} />
        <ConfidenceRule form={form} />
        <ClassesRule form={form} />
        <RuleCard
          rule="unknown"
          on={unknown.on}
          onSwitch={(on) => setSampling({ unknown: { on } }, 'sampling.unknown')}
        >
          {draft.classThresholds.source === 'none' && (
            <p className={styles.effect}>{t('setup.sampling.unknownNever')}</p>
          )}
        </RuleCard>
        <IntervalRule form={form} />
        {form.sections.includes('sizes') && <SizesRule form={form} />}
      </div>
      <p className={`${styles.full} ${styles.effect}`} role="status">
        {rules &&
          (rules.length > 0 ? t('setup.sampling.anyOf', { rules: rules.join('; ') }) : t('setup.sampling.nothing'))}
      </p>
      {rules && rules.length > 0 && <SamplingEstimated />}
      <SamplingLimits form={form} />
    </SetupSection>
  )
}
