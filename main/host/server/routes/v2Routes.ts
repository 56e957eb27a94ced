import type { FastifyReply, FastifyRequest } from 'fastify'
import { rawVersion, routes } from '../../../contract/index.ts'
import type { Inferences } from '../../inference/inferences.ts'
import { acceptAnything } from '../body.ts'
import { handle, type Api } from '../handle.ts'
import { inferPicture, inferTensors } from '../v2/infer.ts'
import { readInferRequest } from '../v2/inferRequest.ts'
import { modelMetadata, mustHaveVersion } from '../v2/modelMetadata.ts'

interface Named {
  slug: string
  version?: string
}

/** @param limit The largest picture in bytes. */
export function v2Routes(api: Api, inferences: Inferences, version: string, limit: number): void {
  handle(api, routes.v2Server, async () => ({ name: 'lineside', version, extensions: ['binary_tensor_data'] }))
  handle(api, routes.v2Live, async () => ({ live: true }))
  handle(api, routes.v2Ready, async (_given, _request, reply) => {
    const isReady = (await inferences.waitingFor()).length === 0
    if (!isReady) reply.code(503).header('retry-after', 1)
    return { live: true, ready: isReady }
  })
  const metadata = async ({ slug, version: wanted }: Named) =>
    modelMetadata(slug, await inferences.served(slug), wanted)
  handle(api, routes.v2Model, ({ params }) => metadata(params))
  handle(api, routes.v2ModelVersion, ({ params }) => metadata(params))
  handle(api, routes.v2ModelReady, ({ params }, _request, reply) => ready(inferences, params, reply))
  handle(api, routes.v2ModelVersionReady, ({ params }, _request, reply) => ready(inferences, params, reply))
  inferRoutes(api, inferences, limit)
}

async function ready(inferences: Inferences, { slug, version }: Named, reply: FastifyReply) {
  const served = await inferences.served(slug)
  mustHaveVersion(slug, served, version)
  if (!served.isReady) reply.code(503).header('retry-after', 1)
  return { name: slug, ready: served.isReady }
}

function inferRoutes(api: Api, inferences: Inferences, limit: number): void {
  // A picture in base64, or a tensor in JSON, with what stands around it.
  const bodyLimit = Math.ceil((limit * 4) / 3) + 1024 * 1024
  const infer = async ({ slug, version }: Named, request: FastifyRequest, reply: FastifyReply) => {
    const served = await inferences.served(slug)
    mustHaveVersion(slug, served, version)
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const given = await readInferRequest(body, request.headers, bodyLimit)
    const inferring = { inferences, slug, served, request, reply, given, limit }
    const isPicture = version !== rawVersion && given.inputs[0]?.datatype === 'BYTES'
    return isPicture ? inferPicture(inferring) : inferTensors(inferring)
  }
  void api.app.register(async (app) => {
    acceptAnything(app, bodyLimit)
    handle({ ...api, app }, routes.v2Infer, ({ params }, request, reply) => infer(params, request, reply))
    handle({ ...api, app }, routes.v2InferVersion, ({ params }, request, reply) => infer(params, request, reply))
  })
}
