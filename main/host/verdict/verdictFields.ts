import type { InvalidField, ModelSpec, NewSetup, VerdictRule } from '../../contract/index.ts'

/** What a setup's verdict (F13b) says wrongly of its model, its size thresholds or itself. */
export function verdictFields({ verdict, sizeMeasurement }: NewSetup, { classes }: ModelSpec): InvalidField[] {
  const { rules } = verdict ?? { rules: [] }
  return rules.flatMap(({ name, when }, at) => {
    const path = `verdict.rules.${at}`
    const isRepeated = rules.findIndex((rule) => rule.name === name) < at
    const repeated = { path: `${path}.name`, message: `“${name}” is the name of another verdict rule` }
    return [
      ...(isRepeated ? [repeated] : []),
      ...classFields(when, classes, `${path}.when`),
      ...sizeFields(when, sizeMeasurement, `${path}.when.sizeThresholds`)
    ]
  })
}

function classFields(when: VerdictRule['when'], known: readonly string[], path: string): InvalidField[] {
  if ('classes' in when) return foreign(when.classes, known, `${path}.classes`, 'a class of the model')
  if ('count' in when) return foreign(when.count.classes, known, `${path}.count.classes`, 'a class of the model')
  return []
}

function sizeFields(
  when: VerdictRule['when'],
  { enabled, thresholds }: NewSetup['sizeMeasurement'],
  path: string
): InvalidField[] {
  if (!('sizeThresholds' in when)) return []
  if (!enabled) return [{ path, message: 'needs the detection size measurement, which is off in this setup' }]
  const known = thresholds.map(({ name }) => name)
  return foreign(when.sizeThresholds, known, path, 'a size threshold of this setup')
}

function foreign(named: readonly string[], known: readonly string[], path: string, what: string): InvalidField[] {
  const unknown = named.filter((name) => !known.includes(name))
  return unknown.map((name) => ({ path, message: `“${name}” is not ${what}` }))
}
