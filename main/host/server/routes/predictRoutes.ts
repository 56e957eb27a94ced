import { routes } from '../../../contract/index.ts'
import type { Inferences } from '../../inference/inferences.ts'
import { acceptPictures } from '../body.ts'
import { handle, type Api } from '../handle.ts'
import { readPicture } from '../predictRequest.ts'

/** @param limit The largest picture in bytes. */
export function predictRoutes(api: Api, inferences: Inferences, limit: number): void {
  void api.app.register(async (app) => {
    acceptPictures(app, limit)
    handle({ ...api, app }, routes.predict, async ({ params, query }, request) => {
      if (query.try) api.access.requireSession(request)
      const { image, metadata } = await readPicture(request, limit)
      const { deadlineMs, try: isTry, masks } = query
      return inferences.predict(params.slug, { requestId: request.id, image, metadata, deadlineMs, isTry, masks })
    })
  })
}
