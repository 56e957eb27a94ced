import { z } from 'zod'

/** An upright box in px of the original image (after EXIF orientation), from the top left. */
export const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).meta({ id: 'Box' })
export type Box = z.infer<typeof box>

/** Width and height in px. */
export const size = z.object({ width: z.number().int().positive(), height: z.number().int().positive() })
export type Size = z.infer<typeof size>
