import type { Inference } from '../../main/contract/index.ts'
import { formatMoment, formatNumber } from './format.ts'
import { runReasonWords } from './runReasonWords.ts'
import { secondsUntil, useNow } from './useNow.ts'
import { useWords, type Words } from './words/useWords.ts'

/** What stands beside a status: since when, why, and what comes next. */
export function StatusReason({ inference }: { inference: Inference }) {
  return useStatusReason(inference)
}

/** The same as a text. */
export function useStatusReason(inference: Inference): string {
  const { t } = useWords()
  const now = useNow(inference.nextTryAt !== null)
  const { status, queue, nextTryAt, figures } = inference
  const since = t('status.since', { time: formatMoment(inference.since) })
  const reason = runReasonWords(t, inference.reason)
  const nextTry = nextTryAt !== null && t('status.nextTry', { count: secondsUntil(nextTryAt, now) })
  switch (status) {
    case 'healthy':
      return joined(', ', since, reason)
    case 'queued':
      return queue ? t('status.place', { ...queue }) : reason || since
    case 'preparing':
      return joined('; ', hasDied(inference) && reason, nextTry || preparing(t, inference))
    case 'failed':
      return joined('; ', reason || since, nextTry || t('status.noMoreTries'))
    case 'stopping':
      return joined(', ', figures.unanswered > 0 && t('status.finishing', { count: figures.unanswered }), reason)
    case 'stopped':
      return inference.reason === null ? t('status.notRun') : joined(', ', since, reason)
  }
}

/** Only then the reason says more than the step. */
const hasDied = ({ instances }: Inference) => instances.some(({ restarts }) => restarts > 0)

/** The step that the slowest instance is at, and how long all took the last time. */
function preparing(t: Words, { instances, lastPreparingMs }: Inference): string {
  const isAt = (step: 'load' | 'warm-up') => instances.some((instance) => instance.step === step)
  const step = isAt('warm-up') && !isAt('load') ? 'warm-up' : 'load'
  const took = lastPreparingMs !== null && t('status.tookLast', { seconds: formatNumber(lastPreparingMs / 1000, 1) })
  return joined(', ', t(`status.steps.${step}`), took)
}

const joined = (between: string, ...parts: (string | false | undefined)[]) => parts.filter(Boolean).join(between)
