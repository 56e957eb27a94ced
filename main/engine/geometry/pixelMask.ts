import type { Runs } from './runs.ts'

/**
 * The pixels of a mask within a part of the original image: row by row, 1 where set, 0 elsewhere. `left` and `top`
 * place the part in the image; outside of it nothing is set.
 */
export interface PixelMask {
  left: number
  top: number
  width: number
  height: number
  data: Uint8Array
  /** The same pixels once more, where whoever made the mask knows them. */
  runs?: Runs
}
