import type { InvalidField, ModelSpec, NewSetup } from '../../contract/index.ts'

/** Rules whose limits need no name of a class or threshold. */
const namedRules = ['random', 'interval', 'confidence', 'unknown', 'manual', 'classes']

/** What a setup's size measurement (F9) says wrongly of its model or of itself; one that is off says nothing. */
export function sizeFields({ sizeMeasurement }: NewSetup, { task, classes }: ModelSpec): InvalidField[] {
  const { enabled, thresholds } = sizeMeasurement
  if (!enabled) return []
  if (!task.endsWith('-segmentation')) {
    const message = `needs a model that finds areas (instance or semantic segmentation); this one’s task is ${task}`
    return [{ path: 'sizeMeasurement.enabled', message }]
  }
  return thresholds.flatMap((threshold, at): InvalidField[] => {
    const path = `sizeMeasurement.thresholds.${at}`
    const isRepeated = thresholds.findIndex(({ name }) => name === threshold.name) < at
    const repeated = { path: `${path}.name`, message: `“${threshold.name}” is the name of another size threshold` }
    return [...(isRepeated ? [repeated] : []), ...classFields(threshold.classes, classes, `${path}.classes`)]
  })
}

/** What a setup's sampling (F10) says wrongly of its model and its size thresholds. */
export function samplingFields({ sampling, sizeMeasurement }: NewSetup, { classes }: ModelSpec): InvalidField[] {
  const known = new Set([
    ...namedRules,
    ...classes.map((name) => `class:${name}`),
    ...sizeMeasurement.thresholds.map(({ name }) => `size:${name}`)
  ])
  const unknown = Object.keys(sampling.limits?.rules ?? {}).filter((key) => !known.has(key))
  const message = `is no rule; rules are ${namedRules.join(', ')}, class:<a class>, size:<a size threshold>`
  return [
    ...classFields(sampling.classes ?? [], classes, 'sampling.classes'),
    ...unknown.map((key) => ({ path: `sampling.limits.rules.${key}`, message }))
  ]
}

function classFields(named: readonly string[], classes: readonly string[], path: string): InvalidField[] {
  const known = new Set(classes)
  const foreign = named.filter((name) => !known.has(name))
  return foreign.map((name) => ({ path, message: `“${name}” is not a class of the model` }))
}
