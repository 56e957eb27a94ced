import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { newWebhook, type OutputDraft } from './outputDraft.ts'
import { SetupSection } from './SetupSection.tsx'
import type { SetupForm } from './useSetupForm.ts'
import { WebhookCard } from './WebhookCard.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

/** Where results are sent on to, beside the answer. */
export function OutputsSection({ form, slug }: { form: SetupForm; slug: string | undefined }) {
  const { t } = useWords()
  const { outputs } = form.draft
  const put = (next: OutputDraft[], path = 'outputs') => form.change({ outputs: next }, path)
  const change = (key: number, part: Partial<OutputDraft>, path: string) =>
    put(
      outputs.map((output) => (output.key === key ? { ...output, ...part } : output)),
      path
    )
  return (
    <SetupSection section="outputs" help={t('setup.outputs.help')}>
      <div className={styles.full}>
        {outputs.length > 0 && (
          <div className={styles.rules}>
            {outputs.map((output, at) => (
              <WebhookCard
                key={output.key}
                form={form}
                slug={slug}
                output={output}
                path={`outputs.${at}`}
                onChange={(part, path) => change(output.key, part, path)}
                onRemove={() => put(outputs.filter(({ key }) => key !== output.key))}
              />
            ))}
          </div>
        )}
        <Button
          variant="subtle"
          color="gray"
          px={8}
          mt={outputs.length > 0 ? 8 : 0}
          leftSection={<IconPlus size={16} />}
          onClick={() => put([...outputs, newWebhook(outputs, t('setup.outputs.webhook'))])}
        >
          {t('setup.outputs.add')}
        </Button>
      </div>
    </SetupSection>
  )
}
