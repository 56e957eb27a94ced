import { z } from 'zod'
import {
  taskOfFamily,
  tasksOfFamily,
  type Family,
  type Inspection,
  type ModelSpec,
  type SpecSource,
  type Task
} from '../../main/contract/index.ts'
import type { FieldDescription } from '../ui/schemaFields.ts'

/** A model's spec while it is being filled in: a field that nobody has said yet is empty. */
export interface ModelDraft {
  name: string
  version: string
  family: Family | null
  /** As the file says; it counts where the family serves it. */
  task: Task | null
  /** One a line, as they are typed. */
  classes: string
  input: {
    width: number | string
    height: number | string
    resize: string
    interpolation: string
    cropShare: number | string
    channels: string
    pad: number | string
    scale: number | string
    mean: string
    std: string
  }
  options: Record<string, unknown>
}

/** The draft that an inspection proposes. */
export function draftOf({ spec }: Pick<Inspection, 'spec'>): ModelDraft {
  const { input } = spec
  return {
    name: spec.name,
    version: spec.version,
    family: spec.family ?? null,
    task: spec.task ?? null,
    classes: (spec.classes ?? []).join('\n'),
    input: {
      width: input.width ?? '',
      height: input.height ?? '',
      resize: input.resize ?? '',
      interpolation: input.interpolation ?? 'bilinear',
      cropShare: input.cropShare ?? 1,
      channels: input.channels ?? 'rgb',
      pad: input.pad ?? 114,
      scale: input.scale ?? 1 / 255,
      mean: (input.mean ?? [0, 0, 0]).join(', '),
      std: (input.std ?? [1, 1, 1]).join(', ')
    },
    options: spec.options
  }
}

/** What the contract's schema is asked about. */
export function specOf(draft: ModelDraft): Record<keyof ModelSpec, unknown> {
  const { family, input } = draft
  const { resize, interpolation, channels } = input
  return {
    ...draft,
    task: family ? taskOf(family, draft.task) : undefined,
    classes: classesOf(draft.classes),
    input: {
      resize,
      interpolation,
      channels,
      width: numberOf(input.width),
      height: numberOf(input.height),
      pad: numberOf(input.pad),
      scale: numberOf(input.scale),
      ...(resize === 'crop' && { cropShare: numberOf(input.cropShare) }),
      mean: numbersOf(input.mean),
      std: numbersOf(input.std)
    }
  }
}

/** The task that a model of this family serves: the one that is asked for, where it can. */
export function taskOf(family: Family, wanted: Task | null): Task {
  return tasksOfFamily(family).find((task) => task === wanted) ?? taskOfFamily[family]
}

const scalar = z.union([z.string(), z.number(), z.boolean()])

/** A family's option as a field can show it, or its default. */
export function optionOf(options: ModelSpec['options'], { key, initial }: Pick<FieldDescription, 'key' | 'initial'>) {
  return scalar.safeParse(options[key]).data ?? initial
}

/** Names of classes, one a line; empty lines are none. */
export function classesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

/** Classes out of a file of labels: one a line, with its number before it or without. */
export function classesOfFile(text: string): string[] {
  const lines = classesOf(text.replace(/^\uFEFF/, ''))
  const numbered = lines.map((line) => /^"?(\d+)"?\s*[,;:\t]\s*(.+)$/.exec(line))
  const isNumbered = numbered.every((match, at) => match !== null && Number(match[1]) - Number(numbered[0]?.[1]) === at)
  return isNumbered ? numbered.map((match) => unquoted(match?.[2] ?? '')) : lines.map(unquoted)
}

const unquoted = (text: string) => /^"(.*)"$/.exec(text)?.[1] ?? text

/** Where a field's value comes from; `default` where the inspection does not speak of it, `given` once it was changed. */
export type FieldSource = SpecSource | 'default' | 'given'

export function sourceOf(inspection: Inspection, draft: ModelDraft, path: string): FieldSource {
  const isChanged = JSON.stringify(valueAt(draft, path)) !== JSON.stringify(valueAt(draftOf(inspection), path))
  return isChanged ? 'given' : (inspection.sources[path] ?? 'default')
}

function valueAt(draft: ModelDraft, path: string): unknown {
  const [first = '', second] = path.split('.')
  const entries = new Map<string, unknown>(Object.entries(draft))
  const found = entries.get(first)
  if (second === undefined) return found
  return new Map<string, unknown>(Object.entries(found ?? {})).get(second)
}

/** A field gives a number of many digits as a text, so that none of them is lost while it is typed. */
const numberOf = (value: number | string) =>
  typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value

const numbersOf = (text: string) =>
  text
    .split(/[,;\s]+/)
    .filter(Boolean)
    .map(Number)
