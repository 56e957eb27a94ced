import { z } from 'zod'
import { id, list } from '../primitives.ts'
import { route } from '../route.ts'
import { inspection, model, modelSpec } from '../model.ts'
import { byId } from './parts.ts'

/** Models of a project (F2, F3). */
export const modelRoutes = {
  inspectModel: route({
    method: 'POST',
    path: '/v1/models/inspect',
    access: 'window',
    tag: 'models',
    summary: 'Read what a model file (part `file`) says of itself and propose a spec',
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
