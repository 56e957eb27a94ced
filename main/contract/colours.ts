import { z } from 'zod'

/** A class's colour, `#rrggbb` in lower case. */
export const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour such as #0072b2')

/** Okabe and Ito's without black, which is lost on a dark picture: told apart by colour-blind eyes. */
const okabeIto = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#f0e442']

/** The golden angle: however many hues there are, the next lies far from those before it. */
const hueStep = 137.5

/** The palette's colour at a place: Okabe and Ito's first, then steps round the hue circle, dark and light in turn. */
export function paletteColour(index: number): string {
  const known = okabeIto[index]
  if (known) return known
  const hue = Math.round(((index - okabeIto.length) * hueStep + 20) % 360)
  return hexOf(hue, 0.65, index % 2 ? 0.45 : 0.6)
}

/** Beyond this many colours eyes cannot tell them apart anyway. */
const mostTried = 400

/**
 * A colour for each class: its own, else the palette's at its place, or where another class has that one the first
 * that is free.
 * @param own In the order of the project's classes; null where a class has none yet.
 */
export function assignColours(own: readonly (string | null)[]): string[] {
  const chosen = new Set(own)
  const placed = own.map((one, index) => one ?? (chosen.has(paletteColour(index)) ? null : paletteColour(index)))
  const taken = new Set(placed)
  return placed.map((one, index) => {
    const given = one ?? freeColour(taken) ?? paletteColour(index)
    taken.add(given)
    return given
  })
}

function freeColour(taken: ReadonlySet<string | null>): string | undefined {
  for (let at = 0; at < mostTried; at += 1) if (!taken.has(paletteColour(at))) return paletteColour(at)
  return undefined
}

/** From hue in degrees, saturation and lightness 0 to 1, as CSS Color 4 defines HSL. */
function hexOf(hue: number, saturation: number, lightness: number): string {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const channel = (shift: number) => {
    const at = (shift + hue / 30) % 12
    const value = lightness - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1))
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${channel(0)}${channel(8)}${channel(4)}`
}
