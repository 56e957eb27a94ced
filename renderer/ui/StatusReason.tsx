import type { Inference } from '../../main/contract/index.ts'
import { formatMoment } from './format.ts'
import { runReasonWords } from './runReasonWords.ts'
import { secondsUntil, useNow } from './useNow.ts'
import { useWords } from './words/useWords.ts'

/** What stands beside a status: since when, why, and what comes next. */
export function StatusReason({ inference }: { inference: Inference }) {
  const { t } = useWords()
  const waits = inference.status === 'failed' && inference.nextTryAt !== null
  const now = useNow(waits)
  const since = t('status.since', { time: formatMoment(inference.since) })
  const reason = runReasonWords(t, inference.reason)
  switch (inference.status) {
    case 'healthy':
      return joined(', ', since, reason)
    case 'queued':
      return inference.queue
        ? t('status.place', { place: inference.queue.place, waitsFor: inference.queue.waitsFor })
        : reason || since
    case 'failed':
      return joined('; ', reason || since, nextTry(inference.nextTryAt, now))
    case 'stopped':
      return joined(', ', since, reason)
    default:
      return reason || since
  }

  function nextTry(at: string | null, from: number) {
    if (at === null) return t('status.noMoreTries')
    return t('status.nextTry', { count: secondsUntil(at, from) })
  }
}

const joined = (between: string, ...parts: (string | undefined)[]) => parts.filter(Boolean).join(between)
