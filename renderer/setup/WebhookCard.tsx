import { ActionIcon, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { outcome as outcomes } from '../../main/contract/index.ts'
import { Unit } from '../ui/Unit.tsx'
import { ChoiceChips } from './ChoiceChips.tsx'
import { Fold } from './Fold.tsx'
import { SecretField } from './SecretField.tsx'
import { TestConnection } from './TestConnection.tsx'
import type { WebhookProps } from './webhookProps.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

/** A webhook: where to, what, signed with what, and whether it works. */
export function WebhookCard(props: WebhookProps) {
  const { t } = useWords()
  const { form, output, path, onChange, onRemove } = props
  const text = (key: 'name' | 'url') => ({
    label: t(`setup.outputs.${key}`),
    value: output[key],
    error: form.errors[`${path}.${key}`],
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ [key]: event.currentTarget.value }, `${path}.${key}`),
    onBlur: () => form.leave(`${path}.${key}`)
  })
  return (
    <div className={styles.output} role="group" aria-label={output.name}>
      <div className={styles.outputRow}>
        <TextInput {...text('name')} maxLength={120} />
        <TextInput {...text('url')} maxLength={2000} spellCheck={false} placeholder="http://192.168.0.20:8080/result" />
        <ActionIcon
          className={styles.besideField ?? ''}
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t('setup.outputs.remove', { name: output.name })}
          onClick={onRemove}
        >
          <IconX size={16} />
        </ActionIcon>
      </div>
      <What {...props} />
      <SecretField {...props} />
      <Limits {...props} />
      <TestConnection {...props} />
    </div>
  )
}

/** Which results, and what of them. */
function What({ form, output, path, onChange }: WebhookProps) {
  const { t } = useWords()
  const { verdicts, masks } = output
  const hasVerdict = form.draft.verdict.on
  const change = (next: WebhookProps['output']['verdicts']) => onChange({ verdicts: next }, `${path}.when`)
  const error = form.errors[`${path}.when`]
  const segments = form.model?.spec.task.endsWith('-segmentation') ?? false
  return (
    <div className={styles.what}>
      <Select
        label={t('setup.outputs.when')}
        description={hasVerdict ? undefined : t('setup.outputs.needsVerdict')}
        data={[
          { value: 'all', label: t('setup.outputs.all') },
          { value: 'verdicts', label: t('setup.outputs.some'), disabled: !hasVerdict && !verdicts }
        ]}
        value={verdicts ? 'verdicts' : 'all'}
        allowDeselect={false}
        error={verdicts ? undefined : error}
        onChange={(next) => change(next === 'all' ? null : ['NG'])}
      />
      {verdicts && (
        <div className={styles.besideField}>
          <ChoiceChips
            label={t('setup.outputs.some')}
            offered={outcomes.options}
            chosen={verdicts}
            error={error}
            onChange={change}
          />
        </div>
      )}
      {segments && (
        <Switch
          className={styles.full ?? ''}
          label={t('setup.outputs.masks')}
          description={t('setup.outputs.masksHelp')}
          checked={masks}
          onChange={(event) => onChange({ masks: event.currentTarget.checked }, `${path}.masks`)}
        />
      )}
    </div>
  )
}

const limits = [
  ['timeoutMs', 'ms'],
  ['maxAgeSeconds', 's'],
  ['queue', '']
] as const

/** How long and how much; folded away until somebody wants it. */
function Limits({ form, output, path, onChange }: WebhookProps) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const shown = open || limits.some(([key]) => form.errors[`${path}.${key}`])
  const beside = t('setup.outputs.limitsBeside', { age: output.maxAgeSeconds, timeout: output.timeoutMs })
  return (
    <Fold title={t('setup.outputs.limits')} beside={beside} open={shown} onToggle={() => setOpen(!shown)}>
      <div className={styles.three}>
        {limits.map(([key, unit]) => (
          <NumberInput
            key={key}
            label={t(`setup.outputs.${key}`)}
            description={t(`setup.outputs.${key}Help`)}
            rightSection={unit ? <Unit of={unit} /> : undefined}
            allowDecimal={false}
            value={output[key]}
            error={form.errors[`${path}.${key}`]}
            onChange={(value) => onChange({ [key]: value }, `${path}.${key}`)}
            onBlur={() => form.leave(`${path}.${key}`)}
          />
        ))}
      </div>
    </Fold>
  )
}
