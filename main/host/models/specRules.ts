import { familyOptions, tasksOfFamily, type ModelSpec, type Project } from '../../contract/index.ts'
import { invalidFields, Refusal } from '../refusal.ts'

const longestName = 120

/**
 * The spec as it is stored: options complete, checked against the project that takes it.
 * @throws Refusal INVALID_REQUEST (family, options), CONFLICT (task, classes)
 */
export function checkedSpec(spec: ModelSpec, project: Project): ModelSpec {
  const checked = completeSpec(spec)
  if (spec.task !== project.task) {
    throw new Refusal('CONFLICT', `The model's task is ${spec.task}, that of “${project.name}” ${project.task}.`)
  }
  checkClasses(spec, project)
  return checked
}

/**
 * The spec with its family's options complete, of whatever project.
 * @throws Refusal INVALID_REQUEST (family, options)
 */
export function completeSpec(spec: ModelSpec): ModelSpec {
  const tasks = tasksOfFamily(spec.family)
  if (!tasks.includes(spec.task)) {
    const message = `the family ${spec.family} serves the task ${tasks.join(' or ')}, not ${spec.task}`
    throw invalidFields([{ path: 'spec.family', message }])
  }
  return { ...spec, options: checkedOptions(spec) }
}

/**
 * The spec that a model has once its file is replaced: its name and family stay, and where inferences use it, its
 * classes are still there.
 * @throws Refusal CONFLICT
 */
export function replacedSpec(present: ModelSpec, given: ModelSpec | undefined, isUsed: boolean): ModelSpec {
  if (!given) return present
  if (given.family !== present.family) {
    const rule = `a file of the family ${given.family} cannot take the place of one of ${present.family}`
    throw new Refusal('CONFLICT', `${rule}; add it as another model.`)
  }
  const missing = present.classes.filter((name) => !given.classes.includes(name))
  if (isUsed && missing.length > 0) {
    const list = missing.map((name) => `“${name}”`).join(', ')
    throw new Refusal('CONFLICT', `inferences use “${present.name}”, and the new file lacks its classes ${list}.`)
  }
  return { ...given, name: present.name }
}

function checkedOptions({ family, options }: ModelSpec): ModelSpec['options'] {
  const parsed = familyOptions[family].safeParse(options)
  if (parsed.success) return parsed.data
  throw invalidFields(
    parsed.error.issues.map(({ path, message }) => ({ path: ['spec.options', ...path].join('.'), message }))
  )
}

function checkClasses(spec: ModelSpec, project: Project): void {
  const known = new Set(project.classes)
  const unknown = spec.classes.filter((name) => !known.has(name))
  if (unknown.length === 0) return
  const list = unknown.map((name) => `“${name}”`).join(', ')
  throw new Refusal('CONFLICT', `“${project.name}” lacks classes of the model: ${list}. Add them to the project first.`)
}

/** @throws Refusal NAME_TAKEN where another model of the project has the name, whatever its case */
export function mustBeFree(name: string, taken: readonly string[]): void {
  if (freeName(name, taken) === name) return
  throw new Refusal('NAME_TAKEN', `a model of this project is named “${name}” already; choose another name`)
}

/** The name, or where it is taken the name with the lowest free number: ` (2)`, ` (3)`, … */
export function freeName(name: string, taken: readonly string[]): string {
  const lower = new Set(taken.map((other) => other.toLowerCase()))
  if (!lower.has(name.toLowerCase())) return name
  for (let number = 2; ; number++) {
    const end = ` (${number})`
    const candidate = name.slice(0, longestName - end.length) + end
    if (!lower.has(candidate.toLowerCase())) return candidate
  }
}
