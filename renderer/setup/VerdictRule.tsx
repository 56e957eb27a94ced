import { ActionIcon, NumberInput, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { outcome as outcomes } from '../../main/contract/index.ts'
import { ChoiceChips } from './ChoiceChips.tsx'
import { useOfferedClasses } from './useOfferedClasses.ts'
import type { SetupForm } from './useSetupForm.ts'
import { conditionKinds, type RuleDraft } from './verdictDraft.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

interface VerdictRuleProps {
  form: SetupForm
  rule: RuleDraft
  at: number
  onChange: (part: Partial<RuleDraft>, path: string) => void
  onRemove: () => void
}

/** One rule: what it is called, what it says, and when it holds. */
export function VerdictRule(props: VerdictRuleProps) {
  const { t } = useWords()
  const { form, rule, at, onChange, onRemove } = props
  const path = `verdict.rules.${at}`
  return (
    <div className={styles.rule} role="group" aria-label={rule.name}>
      <div className={styles.verdictRow}>
        <Select
          label={t('setup.verdict.outcome')}
          data={outcomes.options}
          value={rule.outcome}
          allowDeselect={false}
          onChange={(next) => next && onChange({ outcome: next }, `${path}.outcome`)}
        />
        <TextInput
          label={t('setup.verdict.name')}
          value={rule.name}
          maxLength={120}
          error={form.errors[`${path}.name`]}
          onChange={(event) => onChange({ name: event.currentTarget.value }, `${path}.name`)}
          onBlur={() => form.leave(`${path}.name`)}
        />
        <Condition {...props} path={`${path}.when`} />
        <ActionIcon
          className={styles.besideField ?? ''}
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t('setup.verdict.remove', { name: rule.name })}
          onClick={onRemove}
        >
          <IconX size={16} />
        </ActionIcon>
      </div>
      <Chosen {...props} path={`${path}.when`} />
    </div>
  )
}

function Condition({ form, rule, path, onChange }: VerdictRuleProps & { path: string }) {
  const { t } = useWords()
  const hasSizes = sizesOf(form).length > 0 || rule.sizeThresholds.length > 0
  const kinds = conditionKinds.filter((kind) => kind !== 'sizeThresholds' || hasSizes)
  return (
    <Select
      label={t('setup.verdict.when')}
      data={kinds.map((kind) => ({ value: kind, label: t(`setup.verdict.kinds.${kind}`) }))}
      value={rule.kind}
      allowDeselect={false}
      onChange={(next) => next && onChange({ kind: next }, path)}
    />
  )
}

/** What the condition needs: classes, how many, or size thresholds. */
function Chosen({ form, rule, path, onChange }: VerdictRuleProps & { path: string }) {
  const { t } = useWords()
  const { offered, colourOf } = useOfferedClasses(form, rule.classes)
  const error = form.errors[path] ?? form.errors[`${path}.${rule.kind}`] ?? form.errors[`${path}.count.classes`]
  if (rule.kind === 'unknown') return <UnknownNote form={form} />
  const chips =
    rule.kind === 'sizeThresholds' ? (
      <ChoiceChips
        label={t('setup.verdict.kinds.sizeThresholds')}
        offered={[...new Set([...sizesOf(form), ...rule.sizeThresholds])]}
        chosen={rule.sizeThresholds}
        error={error}
        onChange={(sizeThresholds) => onChange({ sizeThresholds }, path)}
      />
    ) : (
      <ChoiceChips
        label={t('setup.verdict.classes')}
        offered={offered}
        chosen={rule.classes}
        colourOf={colourOf}
        error={error}
        onChange={(classes) => onChange({ classes }, path)}
      />
    )
  return (
    <div className={styles.chosen}>
      {rule.kind === 'count' && (
        <NumberInput
          className={styles.count ?? ''}
          aria-label={t('setup.verdict.atLeast')}
          prefix="≥ "
          allowDecimal={false}
          allowNegative={false}
          value={rule.atLeast}
          onChange={(atLeast) => onChange({ atLeast }, path)}
          onBlur={() => form.leave(path)}
        />
      )}
      {chips}
    </div>
  )
}

function UnknownNote({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const source = form.draft.classThresholds.source
  return source === 'none' ? <p className={styles.effect}>{t('setup.sampling.unknownNever')}</p> : null
}

/** The size thresholds that a rule may name. */
function sizesOf({ draft }: SetupForm): string[] {
  const { on, thresholds } = draft.sizes
  return on ? thresholds.map(({ name }) => name) : []
}
