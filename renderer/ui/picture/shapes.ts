import type { Box, Polygon, Prediction, RotatedBox } from '../../../main/contract/index.ts'
import type { Rect } from './rect.ts'

/** A prediction's outline in px of the image: a path for SVG, to be filled by the even-odd rule, and what it spans. */
export interface Shape {
  path: string
  bounds: Rect
  /** A mask's inside is tinted, a box's is left clear. */
  kind: 'mask' | 'box'
}

/** A prediction that has a place in the picture; a class of the whole picture has none. */
export const isPlaced = ({ box, rotatedBox, mask }: Prediction) =>
  box !== undefined || rotatedBox !== undefined || (mask?.polygons ?? []).length > 0

/** What was answered: predictions without the candidates that only the confidence rule saw. */
export const answeredOf = (predictions: readonly Prediction[]) => predictions.filter(({ candidate }) => !candidate)

/** How a prediction is drawn: its mask where that is wanted and there, else its rotated box, else its box. */
export function shapeOf({ box, rotatedBox, mask }: Prediction, masks: boolean): Shape | null {
  const polygons = mask?.polygons ?? []
  const rings = polygons.length > 0 && (masks || !(box ?? rotatedBox)) ? polygons.flatMap(ringsOf) : []
  if (rings.length > 0) return { path: pathOf(rings), bounds: boundsOf(rings.flat()), kind: 'mask' }
  if (rotatedBox) {
    const corners = cornersOf(rotatedBox)
    return { path: pathOf([corners]), bounds: boundsOf(corners), kind: 'box' }
  }
  return box ? { path: pathOf([cornersOfBox(box)]), bounds: box, kind: 'box' } : null
}

/** Corners `[x, y, …]` of a box turned clockwise about its centre, the first being its own top left. */
export function cornersOf({ cx, cy, width, height, angle }: RotatedBox): number[] {
  const along = { x: (Math.cos(angle) * width) / 2, y: (Math.sin(angle) * width) / 2 }
  const across = { x: (-Math.sin(angle) * height) / 2, y: (Math.cos(angle) * height) / 2 }
  const corners: [number, number][] = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1]
  ]
  return corners.flatMap(([u, v]) => [cx + u * along.x + v * across.x, cy + u * along.y + v * across.y])
}

const ringsOf = ({ outer, holes }: Polygon) => [outer, ...holes].filter((ring) => ring.length >= 6)

const cornersOfBox = ({ x, y, width, height }: Box) => [x, y, x + width, y, x + width, y + height, x, y + height]

/** Rings `[x, y, …]` as one path of closed parts; a hundredth of a pixel is enough for the eye. */
function pathOf(rings: readonly number[][]) {
  return rings.map((ring) => `M${ring.map((value) => Math.round(value * 100) / 100).join(' ')}Z`).join('')
}

function boundsOf(points: readonly number[]): Rect {
  const span = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  points.forEach((value, at) => {
    if (at % 2 === 0) {
      span.left = Math.min(span.left, value)
      span.right = Math.max(span.right, value)
    } else {
      span.top = Math.min(span.top, value)
      span.bottom = Math.max(span.bottom, value)
    }
  })
  return { x: span.left, y: span.top, width: span.right - span.left, height: span.bottom - span.top }
}
