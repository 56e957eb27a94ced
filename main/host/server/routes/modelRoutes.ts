import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { modelSpec, routes, type Inspection, type ModelSpec } from '../../../contract/index.ts'
import type { Models } from '../../models/models.ts'
import { invalidFields, Refusal } from '../../refusal.ts'
import { acceptPictures, tooLarge } from '../body.ts'
import { brokenForm, formParts } from '../form.ts'
import { handle, parse, parseJson, type Api } from '../handle.ts'
import { decodeBase64, readPicture } from '../predictRequest.ts'

const mostSpecBytes = 4 * 1024 * 1024

/**
 * @param limit The largest model file in bytes.
 * @param pictureLimit The largest picture in bytes.
 */
export function modelRoutes(api: Api, models: Models, limit: number, pictureLimit: number): void {
  handle(api, routes.inspectModel, async (_given, request) => (await readUpload(request, models, limit)).inspection)
  handle(api, routes.listModels, async ({ params }) => ({ items: await models.list(params.id) }))
  handle(api, routes.createModel, async ({ params }, request) => {
    const { uploadId, spec } = await readNewModel(request, models, limit)
    return models.create(params.id, uploadId, spec)
  })
  handle(api, routes.changeModel, ({ params, body }) => models.change(params.id, body))
  handle(api, routes.replaceModel, ({ params, body }) => models.replace(params.id, body))
  handle(api, routes.deleteModel, ({ params }) => models.remove(params.id))
  trialRoutes(api, models, pictureLimit)
}

function trialRoutes(api: Api, models: Models, limit: number): void {
  void api.app.register(async (app) => {
    acceptPictures(app, limit)
    handle({ ...api, app }, routes.tryModel, async ({ params }, request) => {
      const { image } = await readPicture(request, limit)
      return models.try(params.id, image)
    })
    handle({ ...api, app }, routes.tryUpload, async ({ body }) => {
      const image = decodeBase64(body.image)
      if (image.length > limit) throw tooLarge(limit)
      return models.tryUpload(body.uploadId, body.spec, body.parameters, image)
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

/** Reads a form with the part `file`, and `spec` where there is one, in any order; the file is inspected as it arrives. */
async function readUpload(request: FastifyRequest, models: Models, limit: number): Promise<Upload> {
  let inspection: Inspection | undefined
  let spec: unknown
  const limits = { files: 1, fields: 1, fileSize: limit, fieldSize: mostSpecBytes }
  for await (const part of formParts(request, limits)) {
    if (part.type === 'file') {
      inspection = await inspect(part, models, limit)
    } else if (part.fieldname === 'spec') spec = part.value
  }
  if (!inspection) throw invalidFields([{ path: 'file', message: 'is missing from the form' }])
  return { inspection, spec }
}

async function inspect({ file, filename }: MultipartFile, models: Models, limit: number): Promise<Inspection> {
  try {
    return await models.inspect(file, filename)
  } catch (error) {
    if (file.truncated) throw new Refusal('IMAGE_TOO_LARGE', `The model file is larger than ${limit} bytes.`)
    throw file.errored ? brokenForm(error) : error
  }
}

function parseSpec(spec: unknown): ModelSpec {
  return typeof spec === 'string' ? parseJson(modelSpec, spec, 'spec') : parse(modelSpec, spec, 'spec')
}
