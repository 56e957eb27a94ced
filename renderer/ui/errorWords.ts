import type { Words } from './words/useWords.ts'

/** What went wrong: the host's own words where it refused; null where nothing did. */
export function errorWords(t: Words, error: Error | null): string | null {
  if (error === null) return null
  return error.name === 'HostAway' ? t('ui.hostAway') : error.message
}
