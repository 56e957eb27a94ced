import type { EstimatedSamples, SamplingEstimate } from '../../main/contract/index.ts'
import { formatBytes, formatMoment, formatNumber } from '../ui/format.ts'
import type { Words } from '../ui/words/useWords.ts'

/** An estimated number as it is said: no more figures than it is worth. */
export function aboutNumber(value: number): string {
  if (value < 9.95 && !Number.isInteger(value)) return formatNumber(value, value < 0.1 ? 2 : 1)
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 2)
  return formatNumber(Math.round(value / power) * power)
}

/** Of a thousand requests so many, for a sentence to fill. */
export function ofThousand(samples: number, requests: number): { value: string; of: string } {
  return { value: aboutNumber((samples / requests) * 1000), of: formatNumber(1000) }
}

/** How often one rule records, in few signs. */
export function rateWords(t: Words, { samples, perHour }: EstimatedSamples, { basis }: SamplingEstimate): string {
  if (perHour !== null) return t('setup.estimate.perHour', { value: aboutNumber(perHour) })
  return t('setup.estimate.perThousand', ofThousand(samples, basis.requests))
}

/** What each kind of rule records alone, and what more than one records; nothing where there is but one. */
export function aloneWords(t: Words, { rules, together }: SamplingEstimate): string | null {
  const kinds = rules.flatMap(({ rule, perHour }) => {
    const kind = ruleKinds.find((one) => one === rule)
    return kind && perHour !== null ? [t(`setup.estimate.rules.${kind}`, { value: aboutNumber(perHour) })] : []
  })
  if (kinds.length < 2) return null
  const shared = together.byMoreThanOnePerHour ?? 0
  const values = { rules: kinds.join(' · '), shared: aboutNumber(shared) }
  if (shared === 0) return t('setup.estimate.byRule', values)
  return t(kinds.length === 2 ? 'setup.estimate.byBoth' : 'setup.estimate.byMore', values)
}

const ruleKinds = ['random', 'confidence', 'classes', 'unknown', 'interval', 'sizes'] as const

/** By which requests it was judged, and how often these came. */
export function basisWords(t: Words, { basis }: SamplingEstimate): string {
  const { inference, isOwn, requests, from, to, requestsPerHour } = basis
  const values = { count: requests, shown: formatNumber(requests), name: inference.name }
  const times = { from: formatMoment(from), to: formatMoment(to) }
  const said = t(isOwn ? 'setup.estimate.own' : 'setup.estimate.other', { ...values, ...times })
  if (requestsPerHour === null) return said
  return `${said} ${t('setup.estimate.rate', { value: aboutNumber(requestsPerHour) })}`
}

/** Bytes an hour and a day. */
export function bytesWords({ bytesPerHour, bytesPerDay }: SamplingEstimate['together']) {
  return { bytes: formatBytes(bytesPerHour ?? 0), bytesPerDay: formatBytes(bytesPerDay ?? 0) }
}
