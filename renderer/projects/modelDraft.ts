import {
  taskOfFamily,
  tasksOfFamily,
  type Family,
  type Inspection,
  type ModelSpec,
  type SpecSource,
  type Task
} from '../../main/contract/index.ts'

/** A model's spec while it is being filled in: a field that nobody has said yet is empty. */
export interface ModelDraft {
  name: string
  version: string
  family: Family | null
  /** As the file says; it counts where the family serves it. */
  task: Task | null
  classes: string[]
  input: {
    width: number | string
    height: number | string
    resize: string
    interpolation: string
    channels: string
    pad: number | string
    scale: number | string
    mean: string
    std: string
  }
  options: Record<string, unknown>
}

/** The draft that an inspection proposes. */
export function draftOf({ spec }: Inspection): ModelDraft {
  const { input } = spec
  return {
    name: spec.name,
    version: spec.version,
    family: spec.family ?? null,
    task: spec.task ?? null,
    classes: spec.classes ?? [],
    input: {
      width: input.width ?? '',
      height: input.height ?? '',
      resize: input.resize ?? (spec.task === 'classification' ? 'crop' : 'letterbox'),
      interpolation: input.interpolation ?? 'bilinear',
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
  return {
    ...draft,
    task: family ? (tasksOfFamily(family).find((task) => task === draft.task) ?? taskOfFamily[family]) : undefined,
    input: { ...input, mean: numbersOf(input.mean), std: numbersOf(input.std) }
  }
}

/** Where a field's value comes from; a field of which the inspection does not speak has its default. */
export function sourceOf({ sources }: Inspection, path: string): SpecSource | undefined {
  return sources[path]
}

const numbersOf = (text: string) =>
  text
    .split(/[,;\s]+/)
    .filter(Boolean)
    .map(Number)
