import type { InvalidField, NewSetup } from '../../contract/index.ts'

/** What a setup may say one day, refused until it does something. What becomes available loses its line here. */
const unavailable: { path: string; isUsed(setup: NewSetup): boolean }[] = [
  { path: 'type', isUsed: ({ type }) => type !== 'api' }
]

/** The fields of a setup that this version cannot serve. */
export function unavailableFields(setup: NewSetup): InvalidField[] {
  const used = unavailable.filter((feature) => feature.isUsed(setup))
  return used.map(({ path }) => ({ path, message: 'is not available yet in this version' }))
}
