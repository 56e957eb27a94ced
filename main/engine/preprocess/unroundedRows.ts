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
    const { first, second, share } = this.#rows
    const upper = (first[y] ?? 0) * width * 3
    const lower = (second[y] ?? 0) * width * 3
    blend(data, upper, lower, share[y] ?? 0, this.#columns, this.#values)
    return this.#values
  }
}

/** Each value straight from four neighbours, along y first. */
function blend(
  data: Uint8Array,
  upper: number,
  lower: number,
  down: number,
  { first, second, share }: Axis,
  values: Float32Array
): void {
  for (let x = 0, to = 0; x < first.length; x++, to += 3) {
    const a = upper + (first[x] ?? 0) * 3
    const b = lower + (first[x] ?? 0) * 3
    const c = upper + (second[x] ?? 0) * 3
    const d = lower + (second[x] ?? 0) * 3
    const part = share[x] ?? 0
    values[to] = mix(mix(data[a] ?? 0, data[b] ?? 0, down), mix(data[c] ?? 0, data[d] ?? 0, down), part)
    values[to + 1] = mix(
      mix(data[a + 1] ?? 0, data[b + 1] ?? 0, down),
      mix(data[c + 1] ?? 0, data[d + 1] ?? 0, down),
      part
    )
    values[to + 2] = mix(
      mix(data[a + 2] ?? 0, data[b + 2] ?? 0, down),
      mix(data[c + 2] ?? 0, data[d + 2] ?? 0, down),
      part
    )
  }
}

function mix(a: number, b: number, part: number): number {
  return a * (1 - part) + b * part
}
