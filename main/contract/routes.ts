import { z } from 'zod'
import { id, list, page, pageQuery, slug } from './primitives.ts'
import { route } from './route.ts'
import { newProject, project, projectChange } from './project.ts'
import { inspection, model, modelSpec } from './model.ts'
import { newSetup, setup } from './setup.ts'
import { inference, latestPrediction, logRecord, run } from './inference.ts'
import { predictAnswer, predictJson, predictQuery } from './prediction.ts'
import { sample, sampleImport, sampleQuery, sampleSummary } from './sample.ts'
import { settings, workstation } from './workstation.ts'

const byId = z.object({ id })
const bySlug = z.object({ slug: slug.or(z.string().max(64)) })
const health = z.object({ status: z.enum(['ok', 'waiting']), waitingFor: z.array(z.string()) })
const imageTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/bmp', 'image/tiff', 'image/gif'] as const
const imageErrors = ['IMAGE_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'IMAGE_UNREADABLE', 'IMAGE_REFUSED'] as const

/** All routes of the API by name. `GET /v1/events`, `/metrics`, `/openapi.json` and `/docs` stand with the server. */
export const routes = {
  alive: route({
    method: 'GET',
    path: '/healthz',
    access: 'line',
    tag: 'health',
    summary: 'Whether the host is alive',
    answer: health
  }),
  ready: route({
    method: 'GET',
    path: '/readyz',
    access: 'line',
    tag: 'health',
    summary: 'Whether every run that should be up is healthy; 503 until then',
    otherStatus: 503,
    answer: health
  }),

  predict: route({
    method: 'POST',
    path: '/v1/inferences/{slug}/predict',
    access: 'line',
    tag: 'line',
    summary: 'Predict on one image',
    description:
      'The image is the raw body, the part `image` of a multipart form, or base64 in JSON. JPEG, PNG, WebP, BMP, TIFF and GIF, told by their first bytes. Metadata that overrides the setup’s: the header `Lineside-Metadata` (a JSON object) with a raw body, the field `metadata` otherwise.',
    params: bySlug,
    query: predictQuery,
    body: predictJson,
    accepts: ['image', 'multipart'],
    answer: predictAnswer,
    errors: [
      ...imageErrors,
      'NOT_FOUND',
      'INFERENCE_NOT_RUNNING',
      'QUEUE_FULL',
      'INFERENCE_NOT_READY',
      'DEADLINE_EXCEEDED'
    ]
  }),
  listInferences: route({
    method: 'GET',
    path: '/v1/inferences',
    access: 'line',
    tag: 'line',
    summary: 'All inferences with their status',
    query: z.object({ project: id.optional() }),
    answer: list(inference)
  }),
  getInference: route({
    method: 'GET',
    path: '/v1/inferences/{slug}',
    access: 'line',
    tag: 'line',
    summary: 'Status, endpoint and figures of an inference',
    params: bySlug,
    answer: inference,
    errors: ['NOT_FOUND']
  }),

  listProjects: route({
    method: 'GET',
    path: '/v1/projects',
    access: 'window',
    tag: 'projects',
    summary: 'All projects',
    answer: list(project)
  }),
  createProject: route({
    method: 'POST',
    path: '/v1/projects',
    access: 'window',
    tag: 'projects',
    summary: 'Create a project',
    body: newProject,
    status: 201,
    answer: project,
    errors: ['NAME_TAKEN']
  }),
  getProject: route({
    method: 'GET',
    path: '/v1/projects/{id}',
    access: 'window',
    tag: 'projects',
    summary: 'A project',
    params: byId,
    answer: project,
    errors: ['NOT_FOUND']
  }),
  changeProject: route({
    method: 'PATCH',
    path: '/v1/projects/{id}',
    access: 'window',
    tag: 'projects',
    summary: 'Rename a project or add classes',
    params: byId,
    body: projectChange,
    answer: project,
    errors: ['NOT_FOUND', 'NAME_TAKEN', 'CONFLICT']
  }),
  deleteProject: route({
    method: 'DELETE',
    path: '/v1/projects/{id}',
    access: 'window',
    tag: 'projects',
    summary: 'Delete a project with its models, inferences and samples; refused while one of its inferences runs',
    params: byId,
    status: 204,
    errors: ['NOT_FOUND', 'CONFLICT']
  }),

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
  }),

  createInference: route({
    method: 'POST',
    path: '/v1/inferences',
    access: 'window',
    tag: 'inferences',
    summary: 'Save a setup as an inference',
    body: newSetup,
    status: 201,
    answer: inference,
    errors: ['NAME_TAKEN', 'NOT_FOUND']
  }),
  getSetup: route({
    method: 'GET',
    path: '/v1/inferences/{slug}/setup',
    access: 'window',
    tag: 'inferences',
    summary: 'The setup of an inference',
    params: bySlug,
    answer: setup,
    errors: ['NOT_FOUND']
  }),
  changeSetup: route({
    method: 'PUT',
    path: '/v1/inferences/{slug}/setup',
    access: 'window',
    tag: 'inferences',
    summary: 'Change the setup of a stopped inference',
    params: bySlug,
    body: newSetup,
    answer: setup,
    errors: ['NOT_FOUND', 'NAME_TAKEN', 'CONFLICT']
  }),
  deleteInference: route({
    method: 'DELETE',
    path: '/v1/inferences/{slug}',
    access: 'window',
    tag: 'inferences',
    summary: 'Delete a stopped inference; its samples stay',
    params: bySlug,
    status: 204,
    errors: ['NOT_FOUND', 'CONFLICT']
  }),
  startInference: route({
    method: 'POST',
    path: '/v1/inferences/{slug}/start',
    access: 'window',
    tag: 'inferences',
    summary: 'Start a run; on a failed one, try again now',
    params: bySlug,
    status: 202,
    answer: inference,
    errors: ['NOT_FOUND', 'CONFLICT']
  }),
  stopInference: route({
    method: 'POST',
    path: '/v1/inferences/{slug}/stop',
    access: 'window',
    tag: 'inferences',
    summary: 'Stop the run once its accepted requests are answered',
    params: bySlug,
    status: 202,
    answer: inference,
    errors: ['NOT_FOUND']
  }),
  latest: route({
    method: 'GET',
    path: '/v1/inferences/{slug}/latest',
    access: 'window',
    tag: 'inferences',
    summary: 'The last predictions of the run, the newest first',
    params: bySlug,
    answer: list(latestPrediction),
    errors: ['NOT_FOUND']
  }),
  latestImage: route({
    method: 'GET',
    path: '/v1/inferences/{slug}/latest/{requestId}/image',
    access: 'window',
    tag: 'inferences',
    summary: 'The picture of one of the last predictions',
    params: bySlug.extend({ requestId: z.string().max(200) }),
    binary: imageTypes,
    errors: ['NOT_FOUND']
  }),
  inferenceLogs: route({
    method: 'GET',
    path: '/v1/inferences/{slug}/logs',
    access: 'window',
    tag: 'inferences',
    summary: 'The last lines of the inference’s log, the oldest first',
    params: bySlug,
    answer: list(logRecord),
    errors: ['NOT_FOUND']
  }),

  listRuns: route({
    method: 'GET',
    path: '/v1/runs',
    access: 'window',
    tag: 'data',
    summary: 'Runs, the newest first',
    query: pageQuery.extend({ project: id.optional(), inference: z.string().max(64).optional() }),
    answer: page(run)
  }),
  listImports: route({
    method: 'GET',
    path: '/v1/imports',
    access: 'window',
    tag: 'data',
    summary: 'Folders of samples, the newest first',
    query: pageQuery.extend({ project: id.optional() }),
    answer: page(sampleImport)
  }),
  listSamples: route({
    method: 'GET',
    path: '/v1/samples',
    access: 'window',
    tag: 'data',
    summary: 'Samples, the newest first',
    query: sampleQuery,
    answer: page(sampleSummary)
  }),
  getSample: route({
    method: 'GET',
    path: '/v1/samples/{id}',
    access: 'window',
    tag: 'data',
    summary: 'All that is known of a sample',
    params: byId,
    query: sampleQuery.pick({ project: true, import: true, inference: true }),
    answer: sample,
    errors: ['NOT_FOUND']
  }),
  sampleImage: route({
    method: 'GET',
    path: '/v1/samples/{id}/image',
    access: 'window',
    tag: 'data',
    summary: 'The image as it was received, or with `display=true` in a format that browsers show',
    params: byId,
    query: z.object({ display: z.enum(['true', 'false']).default('false') }),
    binary: imageTypes,
    errors: ['NOT_FOUND']
  }),
  sampleThumbnail: route({
    method: 'GET',
    path: '/v1/samples/{id}/thumbnail',
    access: 'window',
    tag: 'data',
    summary: 'The image at most 320 px wide and high',
    params: byId,
    binary: ['image/webp'],
    errors: ['NOT_FOUND']
  }),

  settings: route({
    method: 'GET',
    path: '/v1/settings',
    access: 'window',
    tag: 'settings',
    summary: 'What Lineside is and how it was set up',
    answer: settings
  }),
  workstation: route({
    method: 'GET',
    path: '/v1/workstation',
    access: 'window',
    tag: 'settings',
    summary: 'Load and room of the workstation',
    answer: workstation
  })
} as const

export type RouteName = keyof typeof routes
