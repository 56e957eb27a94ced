/** Numbers, sizes and times as people read them, in the browser's locale. Units come with a no-break space. */

const locale = typeof navigator === 'undefined' ? 'en' : navigator.language
const nbsp = '\u00a0'

const fixed = (digits: number) =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: digits, minimumFractionDigits: digits })
const numbers = { 0: fixed(0), 1: fixed(1), 2: fixed(2) }
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const seconds = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23'
})
const preciseClock = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23'
})
const shortDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const longDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
const relativeDay = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

/** What the host said, as a sentence of its own. */
export const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** A whole number with its group separators, or with up to two fixed decimals. */
export function formatNumber(value: number, digits: 0 | 1 | 2 = 0) {
  return numbers[digits].format(value)
}

/** A share from 0 to 1 as a percentage; small ones keep a decimal. */
export function formatShare(share: number) {
  const percent = share * 100
  return `${formatNumber(percent, percent > 0 && percent < 10 && !Number.isInteger(percent) ? 1 : 0)}${nbsp}%`
}

/** A confidence from 0 to 1, with two decimals. */
export const formatConfidence = (value: number) => formatNumber(value, 2)

/** An area in px. */
export const formatArea = (px: number) => `${formatNumber(px)}${nbsp}px`

/** Milliseconds: whole ones from 10 on. */
export function formatMs(ms: number) {
  return formatNumber(ms, ms >= 10 ? 0 : 1)
}

/** Bytes in decimal units, as drives are sold. */
export function formatBytes(bytes: number) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const value = bytes / 1000 ** step
  return `${formatNumber(value, value < 10 && step > 0 ? 1 : 0)}${nbsp}${units[step] ?? 'B'}`
}

/** `06:42` today, `yesterday 06:42`, else `24 Nov, 06:42`. */
export function formatMoment(timestamp: string, now = new Date()) {
  const at = new Date(timestamp)
  const days = daysBetween(at, now)
  if (days === 0) return clock.format(at)
  if (days === 1) return `${relativeDay.format(-1, 'day')} ${clock.format(at)}`
  return `${shortDate.format(at)}, ${clock.format(at)}`
}

/** `06:42:17`. */
export const formatSeconds = (timestamp: string) => seconds.format(new Date(timestamp))

/** `06:42:17.204`. */
export const formatClock = (timestamp: string) => preciseClock.format(new Date(timestamp))

/** `24 Nov 2026, 06:42:17.204`. */
export function formatFull(timestamp: string) {
  const at = new Date(timestamp)
  return `${longDate.format(at)}, ${preciseClock.format(at)}`
}

/** `24 Nov 2026`. */
export const formatDate = (timestamp: string) => longDate.format(new Date(timestamp))

function daysBetween(from: Date, to: Date) {
  const day = (at: Date) => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate())
  return Math.round((day(to) - day(from)) / 86_400_000)
}
