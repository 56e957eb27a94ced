import { name as nameSchema, sizeThreshold, type Setup, type SizeThreshold } from '../../main/contract/index.ts'
import { metadataOf, metadataProblems, metadataRowsOf, type MetadataRow } from './metadataDraft.ts'

export const operators = ['between', 'gte', 'lte'] as const satisfies SizeThreshold['operator'][]

/** A size threshold as the form holds it: values are texts, and the second one stays while it is not asked for. */
export interface ThresholdDraft {
  id: number
  name: string
  /** A new name that cannot be taken, with which somebody left the field; null where there is none. */
  wrongName: string | null
  classes: string[]
  operator: SizeThreshold['operator']
  value: string
  secondValue: string
  metadata: MetadataRow[]
  includeInSampling: boolean
}

export interface SizesDraft {
  on: boolean
  thresholds: ThresholdDraft[]
}

export const newSizes: SizesDraft = { on: false, thresholds: [] }

/** The form's size measurement of a stored setup. */
export function sizesDraftOf({ enabled, thresholds }: Setup['sizeMeasurement']): SizesDraft {
  const drafts = thresholds.map(({ value, secondValue, metadata, ...same }, id) => ({
    ...same,
    id,
    wrongName: null,
    value: String(value),
    secondValue: secondValue === undefined ? '' : String(secondValue),
    metadata: metadataRowsOf(metadata)
  }))
  return { on: enabled, thresholds: drafts }
}

/** The setup's size measurement; while it is off, what is not right yet is left out instead of being in the way. */
export function sizesOf({ on, thresholds }: SizesDraft) {
  const given = thresholds.map(thresholdOf)
  return { enabled: on, thresholds: on ? given : given.filter((one) => sizeThreshold.safeParse(one).success) }
}

/** What a threshold says as far as it can be evaluated; null while its classes or values are not right. */
export function readThreshold(draft: ThresholdDraft): SizeThreshold | null {
  return sizeThreshold.safeParse({ ...thresholdOf(draft), metadata: {} }).data ?? null
}

/** A new threshold below the others. @param word What it is called, such as `Threshold`. */
export function newThreshold(others: readonly ThresholdDraft[], word: string): ThresholdDraft {
  const id = Math.max(-1, ...others.map((other) => other.id)) + 1
  const taken = others.map((other) => other.name)
  const name = defaultName(taken, word)
  const empty = { wrongName: null, classes: [], value: '', secondValue: '', metadata: [], includeInSampling: false }
  return { id, name, operator: 'between', ...empty }
}

/** `Threshold`, `Threshold-2`, `Threshold-3`, …: the first of them that is free. */
export function defaultName(taken: readonly string[], word: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? word : `${word}-${number}`
    if (!taken.includes(name)) return name
  }
}

export type NameProblem = 'noName' | 'badName' | 'repeatedName'
export type SizeProblem = NameProblem | 'noClass' | 'onlyNumbers' | 'notPositive' | 'notHigher' | 'noKey' | 'repeated'

/** Why a threshold cannot have a name; null where it can. */
export function nameProblem(name: string, others: readonly string[]): NameProblem | null {
  if (!name.trim()) return 'noName'
  if (!nameSchema.safeParse(name).success) return 'badName'
  return others.includes(name.trim()) ? 'repeatedName' : null
}

/** Where a field of a threshold stands in the form's errors; by its id, as its place may change. */
export const sizePath = (id: number, field: string) => `sizes.${id}.${field}`

/** What is wrong, by the field's path. */
export function sizeProblems({ on, thresholds }: SizesDraft): [path: string, problem: SizeProblem][] {
  return on ? thresholds.flatMap((threshold) => problemsOf(threshold, thresholds)) : []
}

function problemsOf(threshold: ThresholdDraft, all: readonly ThresholdDraft[]): [string, SizeProblem][] {
  const { id, wrongName, classes, value, operator } = threshold
  const others = all.filter((other) => other.id !== id).map(({ name }) => name)
  const rows = [...metadataProblems(threshold.metadata)]
  const found: [string, SizeProblem | null][] = [
    ['name', wrongName === null ? null : nameProblem(wrongName, others)],
    ['classes', classes.length === 0 ? 'noClass' : null],
    ['value', valueProblem(value)],
    ['secondValue', operator === 'between' ? secondProblem(threshold) : null],
    ...rows.map(([row, problem]): [string, SizeProblem] => [`metadata.row.${row}`, problem])
  ]
  return found.flatMap(([field, problem]) => (problem ? [[sizePath(id, field), problem] as [string, SizeProblem]] : []))
}

function valueProblem(text: string): SizeProblem | null {
  if (!isDigits(text)) return 'onlyNumbers'
  return Number(text) > 0 ? null : 'notPositive'
}

function secondProblem({ value, secondValue }: ThresholdDraft): SizeProblem | null {
  const problem = valueProblem(secondValue)
  if (problem || valueProblem(value)) return problem
  return Number(secondValue) > Number(value) ? null : 'notHigher'
}

function thresholdOf(draft: ThresholdDraft) {
  const { name, classes, operator, value, secondValue, metadata, includeInSampling } = draft
  const second = operator === 'between' ? { secondValue: numberOf(secondValue) } : {}
  return {
    ...{ name, classes, operator, value: numberOf(value), ...second },
    ...{ metadata: metadataOf(metadata), includeInSampling }
  }
}

const isDigits = (text: string) => /^[0-9]+$/.test(text.trim())

/** The number, or the text as it is where it is none, for the schema to refuse. */
const numberOf = (text: string) => (isDigits(text) ? Number(text) : text)

/** Errors by the contract's paths, which count thresholds, as errors by the form's, which know them by id. */
export function errorsById(errors: Record<string, string>, { thresholds }: SizesDraft): Record<string, string> {
  const entries = Object.entries(errors).map(([path, words]) => {
    const [, at, field = ''] = /^sizeMeasurement\.thresholds\.(\d+)\.(.+)$/.exec(path) ?? []
    const threshold = at === undefined ? undefined : thresholds[Number(at)]
    return [threshold ? sizePath(threshold.id, field) : path, words] as const
  })
  return Object.fromEntries(entries)
}
