import type { Picture } from '../../base/picture/picture.ts'
import type { Placement } from './placement.ts'
import type { RowSource, Window } from './rowSource.ts'

/** Takes the px whose corner is next to the left and top, as OpenCV's INTER_NEAREST (modules/imgproc/src/resize.cpp). */
export class NearestRows implements RowSource {
  #picture: Picture = { width: 0, height: 0, data: new Uint8Array(0) }
  #columns = new Int32Array(0)
  #height = 0
  #pixels = new Uint8Array(0)

  start(picture: Picture, placement: Placement, { left, right }: Window): void {
    this.#picture = picture
    this.#height = placement.height
    this.#columns = Int32Array.from({ length: right - left }, (_, x) =>
      nearest(left + x, picture.width, placement.width)
    )
    this.#pixels = new Uint8Array(this.#columns.length * 3)
  }

  row(y: number): Uint8Array {
    const { data, width, height } = this.#picture
    const line = nearest(y, height, this.#height) * width
    for (let x = 0, at = 0; x < this.#columns.length; x++, at += 3) {
      const from = (line + (this.#columns[x] ?? 0)) * 3
      this.#pixels[at] = data[from] ?? 0
      this.#pixels[at + 1] = data[from + 1] ?? 0
      this.#pixels[at + 2] = data[from + 2] ?? 0
    }
    return this.#pixels
  }
}

/** The source px of a px of the resized axis. */
function nearest(at: number, source: number, target: number): number {
  return Math.min(source - 1, Math.floor(at * (1 / (target / source))))
}
