import type {
  Optimization,
  OptimizationAim,
  Output,
  Sampling,
  Setup,
  SizeThreshold,
  VerdictRule,
  VerdictSetup
} from '../../main/contract/index.ts'
import { formatAnyOf, formatArea, formatConfidence, formatMoment, formatNumber, formatShare } from './format.ts'
import type { Words } from './words/useWords.ts'

/** A setup's parts as a colleague would say them. */

export function shutdownWords(t: Words, shutdown: Setup['general']['shutdown']): string {
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

/** What a size threshold asks for, such as `stain, 1 200 px and more`. */
export function sizeThresholdWords(t: Words, { classes, operator, value, secondValue = value }: SizeThreshold): string {
  const range = t(`setup.sizes.ranges.${operator}`, {
    from: formatNumber(value),
    value: formatArea(value),
    to: formatArea(secondValue)
  })
  return `${classes.join(', ')}, ${range}`
}

/** The names of the size thresholds that record on their own. */
export function recordingSizes({ enabled, thresholds }: Setup['sizeMeasurement']): string[] {
  return enabled ? thresholds.filter((one) => one.includeInSampling).map(({ name }) => name) : []
}

/** Each rule that records; empty where none does. `sizes`: size thresholds that record on their own. */
export function samplingWords(t: Words, sampling: Sampling, sizes: readonly string[]): string[] {
  const { random, confidence, classes, unknown, interval } = sampling
  return [
    random && random.probability > 0 && t('rules.random', { share: formatShare(random.probability) }),
    confidence &&
      t('rules.confidence', { from: formatConfidence(confidence.from), to: formatConfidence(confidence.to) }),
    classes?.length && t('rules.classes', { classes: classes.join(', ') }),
    unknown && t('rules.unknown'),
    interval && t('rules.interval', { count: interval.seconds }),
    sizes.length > 0 && t('rules.sizes', { names: sizes.join(', ') })
  ].filter((words) => typeof words === 'string')
}

/** What a verdict says, rule by rule, and what where none holds; of none that nothing is said. */
export function verdictWords(t: Words, verdict: VerdictSetup | null): string[] {
  if (!verdict) return [t('verdict.none')]
  return [...verdict.rules.map((rule) => ruleWords(t, rule)), t('verdict.else')]
}

function ruleWords(t: Words, { outcome, when }: VerdictRule): string {
  if ('classes' in when) return t('verdict.classes', { outcome, names: formatAnyOf(when.classes) })
  if ('sizeThresholds' in when) return t('verdict.sizes', { outcome, names: formatAnyOf(when.sizeThresholds) })
  if ('unknown' in when) return t('verdict.unknown', { outcome })
  const { classes, atLeast } = when.count
  return t(atLeast === 1 ? 'verdict.classes' : 'verdict.count', { outcome, atLeast, names: formatAnyOf(classes) })
}

/** Where results go on to, such as `Gate: NG, WARN to 192.168.0.20:8080`. */
export function outputWords(t: Words, { name, url, when }: Output): string {
  const what = when === 'all' ? t('setup.outputs.all') : when.verdicts.join(', ')
  return t('outputs.line', { name, what, host: URL.parse(url)?.host ?? url })
}

/** A recording reason, such as `class:stain`, in words. */
export function reasonWords(t: Words, reason: string): string {
  const [kind = '', ...rest] = reason.split(':')
  const name = rest.join(':')
  if (kind === 'class') return t('reasons.class', { name })
  if (kind === 'size') return t('reasons.size', { name })
  if (kind === 'random' || kind === 'interval' || kind === 'manual' || kind === 'confidence' || kind === 'unknown') {
    return t(`reasons.${kind}`)
  }
  return reason
}

export function aimWords(t: Words, aim: OptimizationAim): string {
  switch (aim.kind) {
    case 'f1':
      return t('aims.f1')
    case 'precision':
    case 'recall':
      return t(`aims.${aim.kind}`, { value: formatConfidence(aim.atLeast) })
    case 'unknown':
      return t('aims.unknown', { share: formatShare(aim.atMost) })
  }
}

/** Where class thresholds come from. */
export function thresholdSourceWords(
  t: Words,
  given: Setup['classThresholds'],
  optimizations: readonly Optimization[]
): string {
  if (given.source !== 'optimization') return t(`thresholds.${given.source}`)
  const chosen = optimizations.find(({ id }) => id === given.optimization)
  return chosen ? t('thresholds.of', { when: formatMoment(chosen.at), aim: aimWords(t, chosen.aim) }) : '…'
}

const mostNamed = 4

/** Such as `good 0.92, dent 0.40`; empty where no class has a threshold. */
export function thresholdWords(t: Words, values: Readonly<Record<string, number>>): string {
  const above = Object.entries(values).filter(([, value]) => value > 0)
  const named = above.slice(0, mostNamed).map(([name, value]) => `${name} ${formatConfidence(value)}`)
  const more = above.length - named.length
  return [...named, ...(more > 0 ? [t('thresholds.more', { count: more })] : [])].join(', ')
}
