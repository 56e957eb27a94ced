import type { Picture } from '../../base/picture/picture.ts'
import type { Placement } from './placement.ts'

/** Resizes a picture row by row, so that it is never there as a whole. Rows are asked for from above to below. */
export interface RowSource {
  /** @param window The part of the placement's resized picture that is wanted. */
  start(picture: Picture, placement: Placement, window: Window): void
  /**
   * @param y A row of the resized picture within the window.
   * @returns Three bytes for each column of the window; overwritten by the next call.
   */
  row(y: number): Uint8Array
}

/** Columns and rows of the resized picture; the ends are not in it. */
export interface Window {
  left: number
  top: number
  right: number
  bottom: number
}

/** What of the resized picture lies within the input: all but what a crop cuts off. */
export function visibleWindow({ input, left, top, width, height }: Placement): Window {
  return {
    left: Math.max(0, -left),
    top: Math.max(0, -top),
    right: Math.min(width, input.width - left),
    bottom: Math.min(height, input.height - top)
  }
}

/** Tables by the lengths that they are for; a line's pictures have few sizes. */
export class TableCache<T> {
  readonly #tables = new Map<string, T>()
  readonly #make: (source: number, target: number, from: number, to: number) => T

  constructor(make: (source: number, target: number, from: number, to: number) => T) {
    this.#make = make
  }

  get(source: number, target: number, from: number, to: number): T {
    const key = `${source}:${target}:${from}:${to}`
    const known = this.#tables.get(key)
    if (known) return known
    if (this.#tables.size > 32) this.#tables.clear()
    const table = this.#make(source, target, from, to)
    this.#tables.set(key, table)
    return table
  }
}
