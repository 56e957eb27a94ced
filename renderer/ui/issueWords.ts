import type { z } from 'zod'
import type { Words } from './words/useWords.ts'

type Issue = z.core.$ZodIssue

/** Where an issue is, such as `general.threads`. */
export const issuePath = (issue: Issue) => issue.path.map(String).join('.')

/** What is wrong with a field, as a person would say it. */
export function issueWords(t: Words, issue: Issue): string {
  if (issue.code === 'invalid_type') return t(issue.expected === 'int' ? 'issues.whole' : 'issues.number')
  if (issue.code === 'invalid_value') return t('issues.choose')
  if (issue.code === 'too_small' && issue.origin !== 'string')
    return t('issues.least', { value: String(issue.minimum) })
  if (issue.code === 'too_big' && issue.origin !== 'string') return t('issues.most', { value: String(issue.maximum) })
  if (issue.code === 'too_small') return t('issues.empty')
  if (issue.code === 'too_big') return t('issues.long', { value: String(issue.maximum) })
  return issue.message.charAt(0).toUpperCase() + issue.message.slice(1)
}

/** Issues by path; the first of each path counts. */
export function issuesByPath(t: Words, error: z.ZodError | undefined): Record<string, string> {
  const entries = (error?.issues ?? []).map((issue) => [issuePath(issue), issueWords(t, issue)] as const)
  return Object.fromEntries(entries.toReversed())
}
