import { readRunReason } from '../../main/contract/index.ts'
import type { Words } from './words/useWords.ts'

/** Why a run is as it is: a usual reason in the window's language, any other as the host says it. */
export function runReasonWords(t: Words, text: string | null): string {
  if (text === null) return ''
  const known = readRunReason(text)
  if (!known) return text
  const { reason, value } = known
  return t(`status.reasons.${reason}`, { value: Number.isFinite(Number(value)) ? Number(value) : value })
}
