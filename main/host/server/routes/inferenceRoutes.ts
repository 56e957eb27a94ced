import { routes, runReasonText } from '../../../contract/index.ts'
import type { Inferences } from '../../inference/inferences.ts'
import { sniffPicture } from '../../../base/picture/sniff.ts'
import { handle, type Api } from '../handle.ts'
import { sendForDisplay } from '../pictures.ts'

/** @param pixelLimit Of a picture that is converted for display. */
export function inferenceRoutes(api: Api, inferences: Inferences, pixelLimit: number): void {
  handle(api, routes.listInferences, async ({ query }) => ({ items: await inferences.list(query.project) }))
  handle(api, routes.getInference, ({ params }) => inferences.get(params.slug))
  handle(api, routes.createInference, ({ body }) => inferences.create(body))
  handle(api, routes.deleteInference, ({ params }) => inferences.remove(params.slug))
  handle(api, routes.getSetup, ({ params }) => inferences.setup(params.slug))
  handle(api, routes.changeSetup, ({ params, body }) => inferences.change(params.slug, body))
  handle(api, routes.startInference, ({ params }) => inferences.start(params.slug))
  handle(api, routes.stopInference, ({ params }) => inferences.stop(params.slug, runReasonText('person')))
  handle(api, routes.recordNext, ({ params }) => inferences.recordNext(params.slug))
  handle(api, routes.switchModel, ({ params, body }) => inferences.switchModel(params.slug, body.model))
  handle(api, routes.clearRefusedImages, ({ params }) => inferences.clearRefusedImages(params.slug))
  handle(api, routes.resetCounter, ({ params }) => inferences.resetCounter(params.slug))
  handle(api, routes.latest, async ({ params }) => ({ items: await inferences.latest(params.slug) }))
  handle(api, routes.inferenceLogs, async ({ params }) => ({ items: await inferences.logs(params.slug) }))
  handle(api, routes.latestImage, async ({ params }, _request, reply) => {
    const image = inferences.latestImage(params.slug, params.requestId)
    return sendForDisplay(reply, image, sniffPicture(image) ?? 'jpeg', pixelLimit)
  })
}
