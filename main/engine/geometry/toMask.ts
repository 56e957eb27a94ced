import type { Mask, Size } from '../../contract/geometry.ts'
import type { PixelMask } from './pixelMask.ts'
import { polygonsOf } from './polygons.ts'
import { encodeRle } from './rle.ts'
import { areaOf } from './runs.ts'

/** How masks are asked for; polygons come in either case, as samples are stored with them. */
export type MaskForm = 'polygon' | 'rle'

/** The mask as predictions carry it. @param image The size of the original image. */
export function toMask(mask: PixelMask, image: Size, form: MaskForm): Mask {
  const parts = { areaPx: areaOf(mask.runs), polygons: polygonsOf(mask) }
  return form === 'rle' ? { ...parts, rle: encodeRle(mask, image) } : parts
}
