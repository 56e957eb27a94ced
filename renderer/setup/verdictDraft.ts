import type { Outcome, VerdictSetup } from '../../main/contract/index.ts'

export const conditionKinds = ['classes', 'count', 'sizeThresholds', 'unknown'] as const
export type ConditionKind = (typeof conditionKinds)[number]

/** A verdict's rule as the form holds it: what another kind of condition needs stays while it is not chosen. */
export interface RuleDraft {
  id: number
  name: string
  outcome: Outcome
  kind: ConditionKind
  classes: string[]
  sizeThresholds: string[]
  atLeast: number | string
}

/** What is switched off keeps its rules. */
export interface VerdictDraft {
  on: boolean
  rules: RuleDraft[]
}

export const newVerdict: VerdictDraft = { on: false, rules: [] }

/** A rule more, with a name that is free. @param word Such as `Rule`. */
export function newRule(rules: readonly RuleDraft[], word: string): RuleDraft {
  const names = new Set(rules.map(({ name }) => name))
  let number = 1
  while (names.has(numbered(word, number))) number += 1
  const id = Math.max(-1, ...rules.map((rule) => rule.id)) + 1
  const chosen = { classes: [], sizeThresholds: [], atLeast: 1 }
  return { id, name: numbered(word, number), outcome: 'NG', kind: 'classes', ...chosen }
}

const numbered = (word: string, number: number) => (number === 1 ? word : `${word}-${number}`)

export function verdictDraftOf(setup: VerdictSetup | null): VerdictDraft {
  const rules = (setup?.rules ?? []).map(({ name, outcome, when }, id): RuleDraft => {
    const rule = { id, name, outcome, classes: [], sizeThresholds: [], atLeast: 1 }
    if ('classes' in when) return { ...rule, kind: 'classes', classes: when.classes }
    if ('count' in when) return { ...rule, kind: 'count', ...when.count }
    if ('sizeThresholds' in when) return { ...rule, kind: 'sizeThresholds', sizeThresholds: when.sizeThresholds }
    return { ...rule, kind: 'unknown' }
  })
  return { on: setup !== null, rules }
}

/** The setup's verdict; null where it is switched off. */
export function verdictOf({ on, rules }: VerdictDraft) {
  return on ? { rules: rules.map((rule) => ({ name: rule.name, outcome: rule.outcome, when: whenOf(rule) })) } : null
}

function whenOf({ kind, classes, sizeThresholds, atLeast }: RuleDraft) {
  switch (kind) {
    case 'classes':
      return { classes }
    case 'count':
      return { count: { classes, atLeast } }
    case 'sizeThresholds':
      return { sizeThresholds }
    case 'unknown':
      return { unknown: true }
  }
}

export type VerdictProblem = 'noClass' | 'noThreshold' | 'count' | 'repeated'

/** What the contract's schema does not say of a rule by its field, or not in the words of a form. */
export function verdictProblems({ on, rules }: VerdictDraft): [path: string, problem: VerdictProblem][] {
  if (!on) return []
  return rules.flatMap((rule, at) => {
    const path = `verdict.rules.${at}`
    const isRepeated = rules.findIndex(({ name }) => name.trim() === rule.name.trim()) < at
    const condition = conditionProblem(rule)
    return [
      ...(isRepeated ? [[`${path}.name`, 'repeated'] as [string, VerdictProblem]] : []),
      ...(condition ? [[`${path}.when`, condition] as [string, VerdictProblem]] : [])
    ]
  })
}

function conditionProblem({ kind, classes, sizeThresholds, atLeast }: RuleDraft): VerdictProblem | null {
  if (kind === 'sizeThresholds') return sizeThresholds.length === 0 ? 'noThreshold' : null
  if (kind === 'unknown') return null
  if (classes.length === 0) return 'noClass'
  return kind === 'count' && !(Number.isInteger(Number(atLeast)) && Number(atLeast) >= 1) ? 'count' : null
}
