import type { z } from 'zod'
import { sentence } from './format.ts'
import { en } from './words/en.ts'
import type { Words } from './words/useWords.ts'

type Issue = z.core.$ZodIssue

const saidByContract = Object.keys(en.issues.contract) as (keyof typeof en.issues.contract)[]

/** Where an issue is, such as `general.threads`. */
export const issuePath = (issue: Issue) => issue.path.map(String).join('.')

/** What is wrong with a field, as a person would say it. */
export function issueWords(t: Words, issue: Issue): string {
  if (issue.code === 'invalid_type') return t(issue.expected === 'int' ? 'issues.whole' : 'issues.number')
  if (issue.code === 'invalid_value') return t('issues.choose')
  if (issue.code === 'too_small' && issue.origin !== 'string')
    return t('issues.least', { value: Number(issue.minimum) })
  if (issue.code === 'too_big' && issue.origin !== 'string') return t('issues.most', { value: Number(issue.maximum) })
  if (issue.code === 'too_small')
    return Number(issue.minimum) > 1 ? t('issues.short', { value: Number(issue.minimum) }) : t('issues.empty')
  if (issue.code === 'too_big') return t('issues.long', { value: Number(issue.maximum) })
  const said = sentence(issue.message)
  const known = saidByContract.find((key) => en.issues.contract[key] === said)
  return known ? t(`issues.contract.${known}`) : said
}

/** Issues by path; the first of each path counts. */
export function issuesByPath(t: Words, error: z.ZodError | undefined): Record<string, string> {
  const entries = (error?.issues ?? []).map((issue) => [issuePath(issue), issueWords(t, issue)] as const)
  return Object.fromEntries(entries.toReversed())
}
