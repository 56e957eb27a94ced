import { z } from 'zod'
import { id } from '../primitives.ts'

/** A path's `{id}`. */
export const byId = z.object({ id })

/** A path's `{slug}`; what is no slug is simply not found. */
export const bySlug = z.object({ slug: z.string().max(64) })

/** The media types of the pictures that are accepted. */
export const imageTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/bmp', 'image/tiff', 'image/gif'] as const
