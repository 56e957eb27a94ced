import { z } from 'zod'
import { id, list } from '../primitives.ts'
import { route } from '../route.ts'
import {
  incomingModels,
  inspection,
  model,
  modelChange,
  modelReplacement,
  modelSpec,
  trial,
  uploadTrial
} from '../model.ts'
import { predictJson } from '../prediction.ts'
import { byId } from './parts.ts'

const imageErrors = ['IMAGE_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'IMAGE_UNREADABLE'] as const

/** Models of a project (F2, F3). */
export const modelRoutes = {
  inspectModel: route({
    method: 'POST',
    path: '/v1/models/inspect',
    access: 'window',
    tag: 'models',
    summary: 'Read what a model file (part `file`) says of itself and propose a spec',
    description:
      'Files with external data of the model are parts `data`, each under the name by which the model names it.',
    accepts: ['multipart'],
    answer: inspection,
    errors: ['MODEL_UNREADABLE', 'MODEL_UNSUPPORTED', 'STORAGE_FULL']
  }),
  listModels: route({
    method: 'GET',
    path: '/v1/projects/{id}/models',
    access: 'window',
    tag: 'models',
    summary: 'The models of a project',
    params: byId,
    answer: list(model),
    errors: ['NOT_FOUND']
  }),
  createModel: route({
    method: 'POST',
    path: '/v1/projects/{id}/models',
    access: 'window',
    tag: 'models',
    summary: 'Add a model: JSON with an inspection’s `uploadId`, or multipart with `file` and `spec`',
    params: byId,
    body: z.strictObject({ uploadId: id, spec: modelSpec }),
    accepts: ['multipart'],
    status: 201,
    answer: model,
    errors: ['NOT_FOUND', 'MODEL_UNREADABLE', 'MODEL_UNSUPPORTED', 'STORAGE_FULL', 'CONFLICT']
  }),
  changeModel: route({
    method: 'PATCH',
    path: '/v1/models/{id}',
    access: 'window',
    tag: 'models',
    summary: 'Rename a model, say its version, or make it the default',
    params: byId,
    body: modelChange,
    answer: model,
    errors: ['NOT_FOUND', 'NAME_TAKEN']
  }),
  replaceModel: route({
    method: 'PUT',
    path: '/v1/models/{id}/file',
    access: 'window',
    tag: 'models',
    summary: 'Put another file under a model and its inferences; refused while one of them runs',
    description:
      'The file is an inspected upload. With a spec it has the spec’s version, classes, input and options; the name and the family stay. Where inferences use the model it must keep its classes.',
    params: byId,
    body: modelReplacement,
    answer: model,
    errors: ['NOT_FOUND', 'MODEL_UNREADABLE', 'MODEL_UNSUPPORTED', 'STORAGE_FULL', 'CONFLICT']
  }),
  tryModel: route({
    method: 'POST',
    path: '/v1/models/{id}/try',
    access: 'window',
    tag: 'models',
    summary: 'Try a model on a picture, in a process of its own; nothing is recorded',
    params: byId,
    query: z.object({
      parameters: z.string().max(4000).optional().meta({
        description: 'The family’s parameters as a JSON object; what is absent has its default.'
      })
    }),
    body: predictJson.pick({ image: true }),
    accepts: ['image', 'multipart'],
    answer: trial,
    errors: [...imageErrors, 'NOT_FOUND', 'MODEL_UNREADABLE', 'MODEL_UNSUPPORTED']
  }),
  tryUpload: route({
    method: 'POST',
    path: '/v1/models/try',
    access: 'window',
    tag: 'models',
    summary: 'Try an inspected upload on a picture before it is saved',
    body: uploadTrial,
    answer: trial,
    errors: [...imageErrors, 'NOT_FOUND', 'MODEL_UNREADABLE', 'MODEL_UNSUPPORTED']
  }),
  listIncoming: route({
    method: 'GET',
    path: '/v1/models/incoming',
    access: 'window',
    tag: 'models',
    summary: 'Model files in the watched folder that were not dismissed, the newest first',
    answer: incomingModels
  }),
  inspectIncoming: route({
    method: 'POST',
    path: '/v1/models/incoming/{id}/inspect',
    access: 'window',
    tag: 'models',
    summary: 'Copy a file of the watched folder and inspect it as an upload; it stays where it is',
    params: byId,
    answer: inspection,
    errors: ['NOT_FOUND', 'IMAGE_TOO_LARGE', 'MODEL_UNREADABLE', 'MODEL_UNSUPPORTED', 'STORAGE_FULL']
  }),
  dismissIncoming: route({
    method: 'DELETE',
    path: '/v1/models/incoming/{id}',
    access: 'window',
    tag: 'models',
    summary: 'Offer a file of the watched folder no more; with `deleteFile` it goes from the disk, with its data files',
    params: byId,
    query: z.object({
      deleteFile: z
        .enum(['true', 'false'])
        .default('false')
        .transform((value) => value === 'true')
        .pipe(z.boolean())
    }),
    status: 204,
    errors: ['NOT_FOUND', 'CONFLICT']
  }),
  restoreIncoming: route({
    method: 'POST',
    path: '/v1/models/incoming/{id}/restore',
    access: 'window',
    tag: 'models',
    summary: 'Offer a dismissed file of the watched folder again',
    params: byId,
    status: 204,
    errors: ['NOT_FOUND']
  }),
  deleteModel: route({
    method: 'DELETE',
    path: '/v1/models/{id}',
    access: 'window',
    tag: 'models',
    summary: 'Delete a model; refused while an inference uses it',
    params: byId,
    status: 204,
    errors: ['NOT_FOUND', 'CONFLICT']
  })
} as const
