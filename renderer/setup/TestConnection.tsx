import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { OutputTest } from '../../main/contract/index.ts'
import { useTestOutput } from '../api/actions.ts'
import { formatMs } from '../ui/format.ts'
import { checkedOutput } from './outputDraft.ts'
import type { WebhookProps } from './webhookProps.ts'
import { errorWords } from '../ui/errorWords.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

/** Sends one harmless message as the output is set up now, and says in words what came of it. */
export function TestConnection({ form, slug, output, path }: WebhookProps) {
  const { t } = useWords()
  const test = useTestOutput()
  const tested = test.variables?.draft === output

  function run() {
    const checked = checkedOutput(output)
    if (checked) test.mutate({ draft: output, output: checked, inference: slug })
    else ['name', 'url', 'when', 'secret', 'timeoutMs'].forEach((key) => form.leave(`${path}.${key}`))
  }

  return (
    <div className={styles.test}>
      <Button variant="default" loading={test.isPending} onClick={run}>
        {t('setup.outputs.test')}
      </Button>
      <span role="status">
        {tested && test.data && <Result result={test.data} />}
        {tested && test.error && <Trouble words={errorWords(t, test.error) ?? ''} />}
      </span>
    </div>
  )
}

function Result({ result: { ok, status, ms, message } }: { result: OutputTest }) {
  const { t } = useWords()
  if (!ok) return <Trouble words={message} />
  return (
    <span className={styles.worked}>
      <IconCheck size={16} aria-hidden />
      {t('setup.outputs.accepted', { status: status ?? '', ms: formatMs(ms) })}
    </span>
  )
}

function Trouble({ words }: { words: string }) {
  return (
    <span className={styles.trouble}>
      <IconAlertTriangle size={16} aria-hidden />
      {words.charAt(0).toUpperCase() + words.slice(1)}
    </span>
  )
}
