import type { Size } from '../../../main/contract/index.ts'

/** Where the picture lies: screen px = offset + picture px × scale. */
export interface Viewport {
  scale: number
  x: number
  y: number
}

/** What the picture is looked at through, in px of the screen. */
export interface Area {
  width: number
  height: number
}

const mostScale = 40

/** The whole picture, centred in its area, at most four times its size. */
export function fitted(image: Size, area: Area): Viewport {
  const scale = Math.min(area.width / image.width, area.height / image.height, 4)
  return { scale, x: (area.width - image.width * scale) / 2, y: (area.height - image.height * scale) / 2 }
}

/** The same picture, `factor` times as large, with the point under (x, y) where it was. */
export function zoomedAt(view: Viewport, factor: number, x: number, y: number, least: number): Viewport {
  const scale = Math.min(mostScale, Math.max(least, view.scale * factor))
  const ratio = scale / view.scale
  return { scale, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio }
}

export function movedBy({ scale, x, y }: Viewport, dx: number, dy: number): Viewport {
  return { scale, x: x + dx, y: y + dy }
}

/** The nearest place at which the middle of the area still shows a part of the picture, so that it cannot be lost. */
export function heldIn({ scale, x, y }: Viewport, image: Size, area: Area): Viewport {
  const held = (at: number, length: number, room: number) => Math.min(room / 2, Math.max(room / 2 - length, at))
  return {
    scale,
    x: held(x, image.width * scale, area.width),
    y: held(y, image.height * scale, area.height)
  }
}
