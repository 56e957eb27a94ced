import { logLevel, type LogRecord } from '../../../main/contract/index.ts'

export interface LineFilter {
  /** The finest level that is shown. */
  level: LogRecord['level']
  /** What the message holds, whatever the case. */
  text: string
}

/** The lines that a filter shows, in their order; the given ones themselves where it shows all. */
export function filterLines(lines: readonly LogRecord[], { level, text }: LineFilter): readonly LogRecord[] {
  const wanted = text.trim().toLowerCase()
  const least = logLevel.options.indexOf(level)
  if (least === 0 && wanted === '') return lines
  const shown = new Set(logLevel.options.slice(least))
  return lines.filter((line) => shown.has(line.level) && line.message.toLowerCase().includes(wanted))
}
