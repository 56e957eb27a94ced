import { errorWords } from './errorWords.ts'
import { useWords } from './words/useWords.ts'

/** What went wrong, in words. */
export function ErrorText({ error }: { error: unknown }) {
  const { t } = useWords()
  return error instanceof Error ? errorWords(t, error) : String(error)
}
