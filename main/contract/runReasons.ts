/**
 * The usual reasons of a run's states and of its end. The API says them in these words; a window in another language
 * reads them back. Any other reason is of its moment, such as what a model's file lacks.
 */
export const runReasons = {
  waiting: 'waiting for resources',
  again: 'trying again',
  loading: 'the model is being loaded',
  person: 'stopped by a person',
  closed: 'Lineside was closed',
  crashed: 'Lineside ended unexpectedly',
  notBack: 'not started again: coming back is turned off in the settings',
  idle: 'shutdown time: idle for {{value}} min',
  after: 'shutdown time: {{value}} h after its start',
  at: 'shutdown time: {{value}}'
} as const
export type RunReason = keyof typeof runReasons

const blank = '{{value}}'

/** A reason in words, with its value where it has one. */
export function runReasonText(reason: RunReason, value: string | number = ''): string {
  return runReasons[reason].replace(blank, String(value))
}

/** Which of the usual reasons a text is, with its value; null where it is none of them. */
export function readRunReason(text: string): { reason: RunReason; value: string } | null {
  for (const [reason, words] of Object.entries(runReasons) as [RunReason, string][]) {
    const [before = '', after] = words.split(blank)
    if (after === undefined && text === words) return { reason, value: '' }
    const value = text.slice(before.length, text.length - (after ?? '').length)
    if (after !== undefined && value !== '' && text === before + value + after) return { reason, value }
  }
  return null
}
