import { z } from 'zod'

/** An upright box in px of the original image (after EXIF orientation), from the top left. */
export const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).meta({ id: 'Box' })
export type Box = z.infer<typeof box>

/** A box turned by `angle` radians about its centre, clockwise as the image is seen; px of the original image. */
export const rotatedBox = z
  .object({ cx: z.number(), cy: z.number(), width: z.number(), height: z.number(), angle: z.number() })
  .meta({ id: 'RotatedBox' })
export type RotatedBox = z.infer<typeof rotatedBox>

/** `[x, y, x, y, …]` along pixel edges, px of the original image; outer minus holes is exactly the mask. */
export const polygon = z
  .object({ outer: z.array(z.number()), holes: z.array(z.array(z.number())) })
  .meta({ id: 'Polygon' })
export type Polygon = z.infer<typeof polygon>

/** COCO's compressed run-length encoding, column-major; `size` is [height, width]. */
export const rle = z
  .object({ size: z.tuple([z.number().int(), z.number().int()]), counts: z.string() })
  .meta({ id: 'Rle' })
export type Rle = z.infer<typeof rle>

/** A detection's or region's pixels at the original resolution: as polygons or as RLE, whichever was asked for. */
export const mask = z
  .object({
    areaPx: z.number().int().min(0),
    polygons: z.array(polygon).optional(),
    rle: rle.optional()
  })
  .meta({ id: 'Mask' })
export type Mask = z.infer<typeof mask>

/** Width and height in px. */
export const size = z.object({ width: z.number().int().positive(), height: z.number().int().positive() })
export type Size = z.infer<typeof size>
