import { Button } from '@mantine/core'
import { IconPlayerPlay, IconSquare } from '@tabler/icons-react'
import type { Inference } from '../../main/contract/index.ts'
import { useStart, useStop } from '../api/actions.ts'
import { toastError } from '../ui/toast.ts'
import { useWords } from '../ui/words/useWords.ts'

interface RunStopProps {
  inference: Inference
  /** On a page of its own it is the filled button when it can run, and says in full what it does. */
  large?: boolean
  /** Not filled, where another button is. */
  quiet?: boolean
}

/** What a state allows: stop while it is up, run otherwise. A failed one can do both; in a list its menu has the stop. */
export function RunStop({ inference, large = false, quiet = false }: RunStopProps) {
  const { t } = useWords()
  const start = useStart()
  const stop = useStop()
  const { status, name, slug } = inference
  const up = status !== 'stopped' && status !== 'failed'
  const filled = large && !quiet
  const run = () => start.mutate(slug, { onError: (error) => toastError(t('center.runFailed', { name }), error) })
  const end = () => stop.mutate(slug, { onError: (error) => toastError(t('center.stopFailed', { name }), error) })
  return (
    <>
      {!up && (
        <Button
          variant={filled ? 'filled' : 'outline'}
          color={filled ? 'accent' : 'gray'}
          c={filled ? 'var(--on-filled)' : 'var(--text)'}
          px={large ? 16 : 12}
          leftSection={<IconPlayerPlay size={16} />}
          aria-label={large ? undefined : t('center.runNamed', { name })}
          loading={start.isPending}
          onClick={run}
        >
          {large ? t(status === 'failed' ? 'center.tryNow' : 'center.runInference') : t('center.run')}
        </Button>
      )}
      {(up || (status === 'failed' && large)) && (
        <Button
          variant="outline"
          color="gray"
          c="var(--text)"
          px={large ? 16 : 12}
          leftSection={<IconSquare size={15} />}
          aria-label={large ? undefined : t('center.stopNamed', { name })}
          disabled={status === 'stopping'}
          loading={stop.isPending}
          onClick={end}
        >
          {large ? t('center.stopInference') : t('center.stop')}
        </Button>
      )}
    </>
  )
}
