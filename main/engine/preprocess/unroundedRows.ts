import type { Picture } from '../../base/picture/picture.ts'
import { interpolation, type Axis } from '../geometry/upsample.ts'
import type { Placement } from './placement.ts'
import { TableCache, type Window } from './rowSource.ts'

/**
 * Bilinear without antialiasing whose values are not rounded to bytes, as torch's `interpolate` resizes pictures of
 * floats (torchvision's `resize` of tensors with `antialias=False`, as RF-DETR prepares its pictures).
 */
export class UnroundedRows {
  readonly #tables = new TableCache((source, target, from, to) =>
    interpolation({ start: 0, length: source }, target, { from, to })
  )
  #picture: Picture = { width: 0, height: 0, data: new Uint8Array(0) }
  #columns = this.#tables.get(1, 1, 0, 0)
  #rows = this.#columns
  #values = new Float32Array(0)

  start(picture: Picture, placement: Placement, window: Window): void {
    this.#picture = picture
    this.#columns = this.#tables.get(picture.width, placement.width, window.left, window.right)
    this.#rows = this.#tables.get(picture.height, placement.height, 0, placement.height)
    const length = (window.right - window.left) * 3
    if (this.#values.length !== length) this.#values = new Float32Array(length)
  }

  /** @returns Three values of 0 to 255 for each column of the window; overwritten by the next call. */
  row(y: number): Float32Array {
    const { data, width } = this.#picture
    const upper = (this.#rows.first[y] ?? 0) * width * 3
    const lower = (this.#rows.second[y] ?? 0) * width * 3
    const part = this.#rows.share[y] ?? 0
    blend(this.#columns, this.#values, (at) => (data[upper + at] ?? 0) * (1 - part) + (data[lower + at] ?? 0) * part)
    return this.#values
  }
}

function blend({ first, second, share }: Axis, values: Float32Array, line: (at: number) => number): void {
  for (let x = 0, to = 0; x < first.length; x++) {
    const [a, b, part] = [(first[x] ?? 0) * 3, (second[x] ?? 0) * 3, share[x] ?? 0]
    for (let c = 0; c < 3; c++, to++) values[to] = line(a + c) * (1 - part) + line(b + c) * part
  }
}
