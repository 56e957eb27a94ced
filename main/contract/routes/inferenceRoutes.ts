import { z } from 'zod'
import { list } from '../primitives.ts'
import { route } from '../route.ts'
import { newSetup, setup } from '../setup.ts'
import { inference, latestPrediction, modelChoice } from '../inference.ts'
import { logRecord } from '../log.ts'
import { bySlug, imageTypes } from './parts.ts'

/** Setups and their runs (F6, F14, F16, F17). */
export const inferenceRoutes = {
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
    scope: 'control',
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
    scope: 'control',
    tag: 'inferences',
    summary: 'Stop the run once its accepted requests are answered',
    params: bySlug,
    status: 202,
    answer: inference,
    errors: ['NOT_FOUND']
  }),
  recordNext: route({
    method: 'POST',
    path: '/v1/inferences/{slug}/record-next',
    access: 'window',
    scope: 'control',
    tag: 'inferences',
    summary: 'Record the next request of the run, whatever the other rules say (a limit may put it off)',
    params: bySlug,
    status: 202,
    answer: inference,
    errors: ['NOT_FOUND', 'INFERENCE_NOT_RUNNING']
  }),
  switchModel: route({
    method: 'POST',
    path: '/v1/inferences/{slug}/model',
    access: 'window',
    scope: 'control',
    tag: 'inferences',
    summary: 'Put another model of the project under the inference; a healthy run goes over to it without a gap',
    description:
      'Of a run, the new instances are ready before the old ones stop; `nextModel` tells how far that is. Where the new model cannot be loaded the old one goes on. The setup must fit the new model: task, classes, parameters.',
    params: bySlug,
    body: modelChoice,
    status: 202,
    answer: inference,
    errors: ['NOT_FOUND', 'CONFLICT']
  }),
  resetCounter: route({
    method: 'POST',
    path: '/v1/inferences/{slug}/counter/reset',
    access: 'window',
    tag: 'inferences',
    summary: 'Begin the shift counter anew',
    params: bySlug,
    answer: inference,
    errors: ['NOT_FOUND']
  }),
  clearRefusedImages: route({
    method: 'DELETE',
    path: '/v1/inferences/{slug}/refused-images',
    access: 'window',
    tag: 'inferences',
    summary: 'Let the pictures be tried again over which engines died',
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
    errors: ['NOT_FOUND', 'IMAGE_UNREADABLE']
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
  })
} as const
