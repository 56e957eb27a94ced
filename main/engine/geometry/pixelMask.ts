import type { Runs } from './runs.ts'

/**
 * The set pixels of a mask within a part of the original image. `left` and `top` place the part in the image; outside of
 * it nothing is set.
 */
export interface PixelMask {
  left: number
  top: number
  width: number
  height: number
  /** In px of the part. */
  runs: Runs
}
