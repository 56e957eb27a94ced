import { assignColours, paletteColour, type ProjectChange } from '../../contract/index.ts'
import { invalidFields } from '../refusal.ts'

/** A class of a project and the colour in which it is drawn. */
export interface ProjectClass {
  name: string
  colour: string
}

interface Uncoloured {
  name: string
  colour: string | null
}

/** Those without a colour get one of the palette. */
export function withColours(classes: readonly Uncoloured[]): ProjectClass[] {
  const colours = assignColours(classes.map((one) => one.colour))
  return classes.map(({ name }, at) => ({ name, colour: colours[at] ?? paletteColour(at) }))
}

/**
 * A project's classes after a change: classes that stay keep their colours.
 * @throws Refusal INVALID_REQUEST for the colour of a class that is not among them
 */
export function changedClasses(
  present: readonly ProjectClass[],
  { classes, colours = [] }: { [K in keyof ProjectChange]?: ProjectChange[K] | undefined }
): ProjectClass[] {
  const wanted = new Map<string, string | null>(present.map(({ name, colour }) => [name, colour]))
  const names = classes ?? present.map(({ name }) => name)
  const known = new Set(names)
  const foreign = colours.flatMap(({ class: name }, at) =>
    known.has(name) ? [] : [{ path: `colours.${at}.class`, message: `“${name}” is not a class of the project` }]
  )
  if (foreign.length > 0) throw invalidFields(foreign)
  for (const { class: name, colour } of colours) wanted.set(name, colour)
  return withColours(names.map((name) => ({ name, colour: wanted.get(name) ?? null })))
}
