import { routes } from '../../main/contract/index.ts'
import { pathOf } from './call.ts'

/** A sample's picture in a format that browsers show. */
export const sampleImageUrl = (id: string) => pathOf(routes.sampleImage, { params: { id }, query: { display: 'true' } })

/** A sample's picture as it was received. */
export const sampleFileUrl = (id: string) => pathOf(routes.sampleImage, { params: { id } })

/** A sample's picture, at most 320 px wide and high. */
export const thumbnailUrl = (id: string) => pathOf(routes.sampleThumbnail, { params: { id } })

/** The picture of one of an inference's last predictions. */
export const latestImageUrl = (slug: string, requestId: string) =>
  pathOf(routes.latestImage, { params: { slug, requestId } })
