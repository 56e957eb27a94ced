import type { Picture } from '../../base/picture/picture.ts'
import type { Placement } from './placement.ts'
import type { RowSource, Window } from './rowSource.ts'

/** The picture as it is, where its size is the resized one: there every interpolation gives its own px. */
export class PlainRows implements RowSource {
  #picture: Picture = { width: 0, height: 0, data: new Uint8Array(0) }
  #left = 0
  #right = 0

  start(picture: Picture, _placement: Placement, { left, right }: Window): void {
    this.#picture = picture
    this.#left = left
    this.#right = right
  }

  row(y: number): Uint8Array {
    const { data, width } = this.#picture
    return data.subarray((y * width + this.#left) * 3, (y * width + this.#right) * 3)
  }
}
