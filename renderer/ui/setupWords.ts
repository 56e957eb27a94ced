import type { TFunction } from 'i18next'
import type { Sampling, Setup } from '../../main/contract/index.ts'
import { formatConfidence, formatShare } from './format.ts'

/** A setup's parts as a colleague would say them. */

export function shutdownWords(t: TFunction, shutdown: Setup['general']['shutdown']): string {
  switch (shutdown.kind) {
    case 'never':
      return t('shutdown.never')
    case 'idle':
      return t('shutdown.idle', { count: shutdown.minutes })
    case 'after':
      return t('shutdown.after', { count: shutdown.hours })
    case 'at':
      return t('shutdown.at', { time: shutdown.time })
  }
}

/** Each rule that records; empty where none does. */
export function samplingWords(t: TFunction, sampling: Sampling): string[] {
  const { random, confidence, classes, unknown, interval } = sampling
  return [
    random && random.probability > 0 && t('rules.random', { share: formatShare(random.probability) }),
    confidence &&
      t('rules.confidence', { from: formatConfidence(confidence.from), to: formatConfidence(confidence.to) }),
    classes?.length && t('rules.classes', { classes: classes.join(', ') }),
    unknown && t('rules.unknown'),
    interval && t('rules.interval', { count: interval.seconds })
  ].filter((words) => typeof words === 'string')
}

/** A recording reason, such as `class:stain`, in words. */
export function reasonWords(t: TFunction, reason: string): string {
  const [kind = '', ...rest] = reason.split(':')
  const name = rest.join(':')
  if (kind === 'class') return t('reasons.class', { name })
  if (kind === 'size') return t('reasons.size', { name })
  if (kind === 'random' || kind === 'interval' || kind === 'manual' || kind === 'confidence' || kind === 'unknown') {
    return t(`reasons.${kind}`)
  }
  return reason
}
