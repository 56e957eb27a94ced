import type { MultipartFile } from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { modelSpec, parameters, routes, type Inspection, type ModelSpec } from '../../../contract/index.ts'
import type { IncomingModels } from '../../models/incomingModels.ts'
import type { Models } from '../../models/models.ts'
import type { GivenFile } from '../../models/receiveFiles.ts'
import { Refusal } from '../../refusal.ts'
import { acceptPictures, tooLarge } from '../body.ts'
import { brokenForm, formParts } from '../form.ts'
import { handle, parse, parseJson, type Api } from '../handle.ts'
import { decodeBase64, readPicture } from '../predictRequest.ts'

const mostSpecBytes = 4 * 1024 * 1024

/**
 * @param limit The largest model file in bytes.
 * @param pictureLimit The largest picture in bytes.
 */
export function modelRoutes(
  api: Api,
  { models, incoming }: { models: Models; incoming: IncomingModels },
  limit: number,
  pictureLimit: number
): void {
  handle(api, routes.inspectModel, async (_given, request) => (await readUpload(request, models, limit)).inspection)
  handle(api, routes.listModels, async ({ params }) => ({ items: await models.list(params.id) }))
  handle(api, routes.createModel, async ({ params }, request) => {
    const { uploadId, spec } = await readNewModel(request, models, limit)
    return models.create(params.id, uploadId, spec)
  })
  handle(api, routes.changeModel, ({ params, body }) => models.change(params.id, body))
  handle(api, routes.replaceModel, ({ params, body }) => models.replace(params.id, body))
  handle(api, routes.deleteModel, ({ params }) => models.remove(params.id))
  incomingRoutes(api, incoming)
  trialRoutes(api, models, pictureLimit)
}

function incomingRoutes(api: Api, incoming: IncomingModels): void {
  handle(api, routes.listIncoming, () => incoming.list())
  handle(api, routes.inspectIncoming, ({ params }) => incoming.inspect(params.id))
  handle(api, routes.dismissIncoming, ({ params, query }) => incoming.dismiss(params.id, query.deleteFile))
  handle(api, routes.restoreIncoming, ({ params }) => incoming.restore(params.id))
}

/** Aborts once the answer is sent, or nobody waits for it any more. */
function untilClosed({ raw }: FastifyReply): AbortSignal {
  const closed = new AbortController()
  raw.once('close', () => closed.abort())
  return closed.signal
}

function trialRoutes(api: Api, models: Models, limit: number): void {
  void api.app.register(async (app) => {
    acceptPictures(app, limit)
    handle({ ...api, app }, routes.tryModel, async ({ params, query }, request, reply) => {
      const { image } = await readPicture(request, limit)
      const given = query.parameters === undefined ? {} : parseJson(parameters, query.parameters, 'parameters')
      return models.try(params.id, given, image, untilClosed(reply))
    })
    handle({ ...api, app }, routes.tryUpload, async ({ body }, _request, reply) => {
      const image = decodeBase64(body.image)
      if (image.length > limit) throw tooLarge(limit)
      return models.tryUpload(body, image, untilClosed(reply))
    })
  })
}

interface Upload {
  inspection: Inspection
  /** As it came: JSON text, or a value where its part was declared as JSON. */
  spec: unknown
}

async function readNewModel(request: FastifyRequest, models: Models, limit: number) {
  if (!request.isMultipart()) return parse(routes.createModel.body, request.body, 'body')
  const { inspection, spec } = await readUpload(request, models, limit)
  return { uploadId: inspection.uploadId, spec: parseSpec(spec) }
}

/** Most files with external data; exporters write one, or one for each large tensor. */
const mostDataFiles = 500

/** Reads a form with the parts `file`, `data` and `spec` where there are such, in any order; then it is inspected. */
async function readUpload(request: FastifyRequest, models: Models, limit: number): Promise<Upload> {
  const form: Form = { spec: undefined, part: undefined }
  try {
    return { inspection: await models.inspectFiles(filesOf(request, form, limit)), spec: form.spec }
  } catch (error) {
    const file = form.part?.file
    if (file?.truncated) throw new Refusal('IMAGE_TOO_LARGE', `The model file is larger than ${limit} bytes.`)
    throw file?.errored ? brokenForm(error) : error
  }
}

/** What of a form was read last, beside its files. */
interface Form {
  spec: unknown
  part: MultipartFile | undefined
}

async function* filesOf(request: FastifyRequest, form: Form, limit: number): AsyncGenerator<GivenFile> {
  const limits = { files: 1 + mostDataFiles, fields: 1, fileSize: limit, fieldSize: mostSpecBytes }
  for await (const part of formParts(request, limits)) {
    if (part.type === 'file') {
      form.part = part
      yield { file: part.file, fileName: part.filename, isData: part.fieldname === 'data' }
    } else if (part.fieldname === 'spec') form.spec = part.value
  }
}

function parseSpec(spec: unknown): ModelSpec {
  return typeof spec === 'string' ? parseJson(modelSpec, spec, 'spec') : parse(modelSpec, spec, 'spec')
}
