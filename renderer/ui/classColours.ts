import { useMemo } from 'react'
import { assignColours, type Project } from '../../main/contract/index.ts'

/** The colour in which a class is drawn. */
export type ColourOf = (name: string) => string

type Coloured = Pick<Project, 'classes' | 'colours'>

/** What a class that the project does not list is drawn in. */
const grey = '#8a94a3'

/** Each class in its project's colour; `others` are classes that the project is about to get. */
export function classColours({ classes, colours }: Coloured, others: readonly string[] = []): ColourOf {
  const names = [...new Set([...classes, ...others])]
  const assigned = assignColours(names.map((_, index) => colours[index] ?? null))
  const byName = new Map(names.map((name, index) => [name, assigned[index]]))
  return (name) => byName.get(name) ?? grey
}

/** The colours of a project's classes: the same wherever one is drawn or named. */
export function useClassColours(project: Coloured | undefined): ColourOf {
  const { classes, colours } = project ?? none
  return useMemo(() => classColours({ classes, colours }), [classes, colours])
}

const none: Coloured = { classes: [], colours: [] }

/** Black or white, whichever reads better on a colour: at least 4.5 to 1 on any (WCAG AA). */
export function inkOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => linear(parseInt(colour.slice(at, at + 2), 16) / 255))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff'
}

const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)
