import { routes } from '../../../contract/index.ts'
import type { Inferences } from '../../inference/inferences.ts'
import type { Imports } from '../../labels/imports.ts'
import type { Samples } from '../../labels/samples.ts'
import { handle, type Api } from '../handle.ts'
import { sendPicture } from '../pictures.ts'

/** What was recorded, read. */
export interface DataServices {
  inferences: Inferences
  imports: Imports
  samples: Samples
}

export function dataRoutes(api: Api, { inferences, imports, samples }: DataServices): void {
  handle(api, routes.listRuns, ({ query }) => inferences.runs(query))
  handle(api, routes.getRun, ({ params }) => inferences.run(params.id))
  handle(api, routes.listImports, ({ query }) => imports.list(query))
  handle(api, routes.listSamples, ({ query }) => samples.list(query))
  handle(api, routes.recordedAreas, async ({ query }) => ({ items: await samples.areas(query) }))
  handle(api, routes.getSample, ({ params, query }) => samples.get(params.id, query))
  handle(api, routes.sampleImage, async ({ params, query }, _request, reply) => {
    const { path, format } = await samples.image(params.id, query.display === 'true')
    return sendPicture(reply, path, format)
  })
  handle(api, routes.sampleThumbnail, async ({ params }, _request, reply) =>
    sendPicture(reply, await samples.thumbnail(params.id), 'webp')
  )
}
