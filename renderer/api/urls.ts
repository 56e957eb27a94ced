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

/** A whole log as a file: the application's (`app`) or a run's. */
export const logFileUrl = (log: string) => pathOf(routes.downloadLog, { params: { log } })

/** The archive for whoever helps, about one inference or all of Lineside. */
export const diagnosticsUrl = (slug?: string) =>
  slug === undefined ? pathOf(routes.diagnostics, {}) : pathOf(routes.inferenceDiagnostics, { params: { slug } })
