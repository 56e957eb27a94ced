import { Anchor } from '@mantine/core'
import { useWords } from '../ui/words/useWords.ts'
import { RuleRate } from './RuleRate.tsx'
import { jumpToThreshold } from './thresholdId.ts'
import type { SetupForm } from './useSetupForm.ts'
import styles from './setup.module.css'

/** The size thresholds that record on their own, each a way to where it stands. */
export function SizesRule({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const { on, thresholds } = form.draft.sizes
  const included = on ? thresholds.filter(({ includeInSampling }) => includeInSampling) : []
  return (
    <div className={styles.rule}>
      <div className={styles.ruleHead}>
        <div>{t('setup.sampling.sizes')}</div>
        <RuleRate rule="sizes" />
      </div>
      <p className={styles.effect} style={{ marginTop: 2 }}>
        {t(included.length > 0 ? 'setup.sampling.sizesHelp' : 'setup.sampling.noSizes')}{' '}
        {included.map(({ id, name }, at) => (
          <span key={id}>
            {at > 0 && ', '}
            <Anchor component="button" type="button" size="sm" onClick={() => jumpToThreshold(id)}>
              {name}
            </Anchor>
          </span>
        ))}
      </p>
    </div>
  )
}
