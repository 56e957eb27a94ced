/** Numbers, sizes, times and lists as people write them in the window's language. Units come with a no-break space. */

const nbsp = '\u00a0'

/** The variety of a language that the browser prefers, or the usual one. @param language Such as `de`. */
export function localeOf(language: string, preferred: readonly string[]): string {
  const known = preferred.find((locale) => locale.toLowerCase().split('-')[0] === language)
  return known ?? (language === 'de' ? 'de-DE' : 'en-GB')
}

const clockParts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const dayParts = { day: 'numeric', month: 'short' } as const

function makeFormatters(locale: string) {
  const fixed = (digits: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits, minimumFractionDigits: digits })
  const moments = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options)
  const clockSeconds = { ...clockParts, second: '2-digit' } as const
  return {
    fixed: { 0: fixed(0), 1: fixed(1), 2: fixed(2) },
    plain: new Intl.NumberFormat(locale, { maximumSignificantDigits: 15, useGrouping: false }),
    clock: moments(clockParts),
    seconds: moments(clockSeconds),
    preciseClock: moments({ ...clockSeconds, fractionalSecondDigits: 3 }),
    shortDate: moments(dayParts),
    longDate: moments({ ...dayParts, year: 'numeric' }),
    relativeDay: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    anyOf: new Intl.ListFormat(locale, { type: 'disjunction' })
  }
}

/** Those that were made, by locale: making them takes longer than formatting hundreds of numbers. */
const made = new Map<string, ReturnType<typeof makeFormatters>>()

/** Of the language that the page says it is in. */
function formatters() {
  const language = typeof document === 'undefined' ? 'en' : document.documentElement.lang
  const locale = localeOf(language, navigator.languages)
  const present = made.get(locale) ?? makeFormatters(locale)
  made.set(locale, present)
  return present
}

/** What the host said, as a sentence of its own. */
export const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** A whole number with its group separators, or with up to two fixed decimals. */
export function formatNumber(value: number, digits: 0 | 1 | 2 = 0) {
  return formatters().fixed[digits].format(value)
}

/** A number as it would be typed: all its digits, and no groups. */
export const formatPlain = (value: number) => formatters().plain.format(value)

/** What stands before the decimals. */
export const decimalSeparator = () => formatPlain(0.5).charAt(1)

/** Numbers in a row, apart where the decimals have a comma. */
export const formatNumbers = (values: readonly number[]) =>
  values.map(formatPlain).join(decimalSeparator() === ',' ? '; ' : ', ')

/** Such as `a, b or c`. */
export const formatAnyOf = (names: readonly string[]) => formatters().anyOf.format(names)

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
  const { clock, relativeDay } = formatters()
  const at = new Date(timestamp)
  const days = daysBetween(at, now)
  if (days === 0) return clock.format(at)
  if (days === 1) return `${relativeDay.format(-1, 'day')} ${clock.format(at)}`
  return `${formatShortDate(at)}, ${clock.format(at)}`
}

/** `24 Nov`. */
export const formatShortDate = (at: Date | number) => formatters().shortDate.format(at)

/** `06:42`. */
export const formatMinutes = (at: Date | number) => formatters().clock.format(at)

/** `06:42:17`. */
export const formatSeconds = (timestamp: string) => formatters().seconds.format(new Date(timestamp))

/** `06:42:17.204`. */
export const formatClock = (timestamp: string) => formatters().preciseClock.format(new Date(timestamp))

/** `24 Nov 2026, 06:42:17.204`. */
export const formatFull = (timestamp: string) => `${formatDate(timestamp)}, ${formatClock(timestamp)}`

/** `24 Nov 2026`. */
export const formatDate = (timestamp: string) => formatters().longDate.format(new Date(timestamp))

function daysBetween(from: Date, to: Date) {
  const day = (at: Date) => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate())
  return Math.round((day(to) - day(from)) / 86_400_000)
}
