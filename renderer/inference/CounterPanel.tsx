import { Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import type { Inference } from '../../main/contract/index.ts'
import { useResetCounter } from '../api/actions.ts'
import { useSetup } from '../api/queries.ts'
import { formatMoment, formatNumber } from '../ui/format.ts'
import { Panel } from '../ui/Screen.tsx'
import { toastError } from '../ui/toast.ts'
import { outcomeColour } from '../ui/VerdictPill.tsx'
import layout from '../ui/layout.module.css'
import { useWords } from '../ui/words/useWords.ts'
import styles from './details.module.css'

const counts = [
  ['ok', 'OK', outcomeColour('OK')],
  ['warn', 'WARN', outcomeColour('WARN')],
  ['ng', 'NG', outcomeColour('NG')],
  ['errors', null, undefined]
] as const

/** What the shift has seen, until somebody begins a new one; over runs and restarts. */
export function CounterPanel({ inference }: { inference: Inference }) {
  const { t } = useWords()
  const { counter, slug } = inference
  const [asked, setAsked] = useState(false)
  const { data: setup } = useSetup(slug)
  const hasCounted = counts.some(([key]) => counter[key] > 0)
  if (!setup?.verdict && !hasCounted) return null
  return (
    <Panel
      label={t('counter.title')}
      title={
        <>
          <h2 className={layout.panelTitle}>{t('counter.title')}</h2>
          <span className={layout.muted}>{t('status.since', { time: formatMoment(counter.since) })}</span>
        </>
      }
      actions={
        <Button variant="subtle" color="gray" size="compact-md" disabled={!hasCounted} onClick={() => setAsked(true)}>
          {t('counter.reset')}
        </Button>
      }
    >
      <div className={styles.counter}>
        {counts.map(([key, outcome, colour]) => (
          <div key={key} className={styles.number}>
            <div className={styles.label} style={{ color: colour }}>
              {outcome ?? t('counter.errors')}
            </div>
            <div className={styles.values}>
              <b className={styles.value}>{formatNumber(counter[key])}</b>
            </div>
          </div>
        ))}
      </div>
      <AskReset inference={inference} opened={asked} onClose={() => setAsked(false)} />
    </Panel>
  )
}

function AskReset(props: { inference: Inference; opened: boolean; onClose: () => void }) {
  const { t } = useWords()
  const { name, slug, counter } = props.inference
  const reset = useResetCounter()
  const confirm = () =>
    reset.mutate(slug, { onSuccess: props.onClose, onError: (error) => toastError(t('counter.resetFailed'), error) })
  const { ok, warn, ng, errors } = counter
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t('counter.resetTitle', { name })}>
      <Text size="sm">
        {t('counter.resetText', {
          ok: formatNumber(ok),
          warn: formatNumber(warn),
          ng: formatNumber(ng),
          errors: formatNumber(errors)
        })}
      </Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" data-autofocus onClick={props.onClose}>
          {t('ui.cancel')}
        </Button>
        <Button loading={reset.isPending} onClick={confirm}>
          {t('counter.resetNow')}
        </Button>
      </Group>
    </Modal>
  )
}
