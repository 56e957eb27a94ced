import { z } from 'zod'
import { id, list } from '../primitives.ts'
import { route } from '../route.ts'
import { inference } from '../inference.ts'
import { predictAnswer, predictJson, predictQuery } from '../prediction.ts'
import { bySlug } from './parts.ts'

const health = z.object({ status: z.enum(['ok', 'waiting']), waitingFor: z.array(z.string()) })
const imageErrors = ['IMAGE_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'IMAGE_UNREADABLE', 'IMAGE_REFUSED'] as const

/** What line software calls, and the health of the host. */
export const lineRoutes = {
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
    scope: 'predict',
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
  })
} as const
