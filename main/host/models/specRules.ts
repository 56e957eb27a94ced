import { familyOptions, taskOfFamily, type ModelSpec, type Project } from '../../contract/index.ts'
import { invalidFields, Refusal } from '../refusal.ts'

const longestName = 120

/**
 * The spec as it is stored: options complete, checked against the project that takes it.
 * @throws Refusal INVALID_REQUEST (family, options), CONFLICT (task, classes)
 */
export function checkedSpec(spec: ModelSpec, project: Project): ModelSpec {
  const task = taskOfFamily[spec.family]
  if (spec.task !== task) {
    const message = `the family ${spec.family} serves the task ${task}, not ${spec.task}`
    throw invalidFields([{ path: 'spec.family', message }])
  }
  if (spec.task !== project.task) {
    throw new Refusal('CONFLICT', `The model's task is ${spec.task}, that of “${project.name}” ${project.task}.`)
  }
  checkClasses(spec, project)
  return { ...spec, options: checkedOptions(spec) }
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
