import { Button, Switch } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { verdictSetup } from '../../main/contract/index.ts'
import { verdictWords } from '../ui/setupWords.ts'
import { SetupSection } from './SetupSection.tsx'
import type { SetupForm } from './useSetupForm.ts'
import { newRule, verdictOf, type RuleDraft, type VerdictDraft } from './verdictDraft.ts'
import { VerdictRule } from './VerdictRule.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

/** What is said of a picture as a whole, by rules of which the worst one wins. */
export function VerdictSection({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const { verdict } = form.draft
  const set = (part: Partial<VerdictDraft>, path = 'verdict') => form.change({ verdict: { ...verdict, ...part } }, path)
  const add = () => set({ rules: [...verdict.rules, newRule(verdict.rules, t('setup.verdict.rule'))] })
  const change = (id: number, part: Partial<RuleDraft>, path: string) =>
    set({ rules: verdict.rules.map((rule) => (rule.id === id ? { ...rule, ...part } : rule)) }, path)
  const { data: readable } = verdictSetup.nullable().safeParse(verdictOf(verdict))
  return (
    <SetupSection section="verdict" help={t('setup.verdict.help')}>
      <Switch
        className={styles.full ?? ''}
        label={t('setup.verdict.on')}
        description={t('setup.verdict.onHelp')}
        checked={verdict.on}
        onChange={(event) => {
          const on = event.currentTarget.checked
          const isFirst = on && verdict.rules.length === 0
          set({ on, rules: isFirst ? [newRule([], t('setup.verdict.rule'))] : verdict.rules })
        }}
      />
      {verdict.on && (
        <div className={styles.full}>
          {verdict.rules.length > 0 && (
            <div className={styles.rules}>
              {verdict.rules.map((rule, at) => (
                <VerdictRule
                  key={rule.id}
                  form={form}
                  rule={rule}
                  at={at}
                  onChange={(part, path) => change(rule.id, part, path)}
                  onRemove={() => set({ rules: verdict.rules.filter(({ id }) => id !== rule.id) })}
                />
              ))}
            </div>
          )}
          <Button variant="subtle" color="gray" px={8} mt={8} leftSection={<IconPlus size={16} />} onClick={add}>
            {t('setup.verdict.add')}
          </Button>
          <p className={styles.effect} role="status">
            {readable && verdictWords(t, readable).join('; ')}
          </p>
        </div>
      )}
    </SetupSection>
  )
}
