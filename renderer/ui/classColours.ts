/**
 * Colours of classes in the order of the project's classes: Okabe and Ito's, which colour-blind eyes can tell apart,
 * then steps round the hue circle.
 */
const okabeIto = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#f0e442']

/** Colour of the class at a place in the project's list. */
export function classColour(index: number) {
  const known = okabeIto[index]
  if (known) return known
  const hue = Math.round(((index - okabeIto.length) * 137.5 + 20) % 360)
  return `hsl(${hue} 65% ${index % 2 ? 45 : 60}%)`
}

/** Gives each class its colour; one that the project does not list gets grey. */
export function classColours(classes: readonly string[]) {
  const byName = new Map(classes.map((name, index) => [name, classColour(index)]))
  return (name: string) => byName.get(name) ?? '#8a94a3'
}

export type ColourOf = ReturnType<typeof classColours>

/** Black or white, whichever reads better on a colour given as `#rrggbb` or `hsl(…)`. */
export function inkOn(colour: string) {
  if (!colour.startsWith('#')) return '#0b0d10'
  const [red, green, blue] = [1, 3, 5].map((at) => linear(parseInt(colour.slice(at, at + 2), 16) / 255))
  const luminance = 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
  return luminance > 0.179 ? '#0b0d10' : '#ffffff'
}

const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)
