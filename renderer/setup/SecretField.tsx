import { Button, TextInput } from '@mantine/core'
import { cx } from '../ui/cx.ts'
import { CopyButton } from '../ui/CopyBlock.tsx'
import { madeSecret, type SecretDraft } from './outputDraft.ts'
import type { WebhookProps } from './webhookProps.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

/** The secret goes in and is never shown again: it is kept, replaced, or removed. */
export function SecretField({ form, output, path, onChange }: WebhookProps) {
  const { t } = useWords()
  const { secret, hadSecret } = output
  const at = `${path}.secret`
  const set = (next: SecretDraft) => onChange({ secret: next }, at)
  if (secret.kind !== 'new') {
    const [words, action] =
      secret.kind === 'stored' ? (['stored', 'replace'] as const) : (['unsigned', 'sign'] as const)
    return (
      <div className={styles.secret}>
        <span>{t(`setup.outputs.${words}`)}</span>
        <Button variant="default" size="compact-md" onClick={() => set({ kind: 'new', text: madeSecret() })}>
          {t(`setup.outputs.${action}`)}
        </Button>
        {secret.kind === 'stored' && (
          <Button variant="subtle" color="gray" size="compact-md" onClick={() => set({ kind: 'none' })}>
            {t('setup.outputs.unsign')}
          </Button>
        )}
      </div>
    )
  }
  return (
    <div className={styles.secretRow}>
      <TextInput
        label={t('setup.outputs.secret')}
        description={t('setup.outputs.secretHelp')}
        value={secret.text}
        error={form.errors[at]}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => set({ kind: 'new', text: event.currentTarget.value })}
        onBlur={() => form.leave(at)}
      />
      <div className={cx(styles.secretActions, styles.besideField)}>
        <CopyButton text={secret.text} />
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          onClick={() => set(hadSecret ? { kind: 'stored' } : { kind: 'none' })}
        >
          {t(hadSecret ? 'setup.outputs.keep' : 'setup.outputs.unsign')}
        </Button>
      </div>
    </div>
  )
}
