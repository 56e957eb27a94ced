import { z } from 'zod'
import { route } from '../route.ts'
import { v2Live, v2ModelMetadata, v2ModelReady, v2Ready, v2Request, v2Response, v2Server } from '../v2.ts'
import { bySlug } from './parts.ts'

const byVersion = bySlug.extend({ version: z.string().max(64) })

const model = {
  method: 'GET',
  access: 'line',
  tag: 'protocol',
  summary: 'The tensors that an inference takes and gives',
  description:
    'An inference is a model of the protocol, under its slug. It takes a picture as the `BYTES` tensor `image`. Its version `raw` is the network alone, for those who preprocess themselves; what that takes is known while it runs.',
  answer: v2ModelMetadata,
  errors: ['NOT_FOUND', 'INFERENCE_NOT_READY']
} as const

const ready = {
  method: 'GET',
  access: 'line',
  tag: 'protocol',
  summary: 'Whether an inference takes requests; 503 while it does not',
  otherStatus: 503,
  answer: v2ModelReady,
  errors: ['NOT_FOUND']
} as const

const infer = {
  method: 'POST',
  access: 'line',
  scope: 'predict',
  tag: 'protocol',
  summary: 'Predict on one picture, or run the network on tensors',
  description:
    'With the `BYTES` tensor `image` of the shape [1] or [1, 1] (the picture’s file in base64 in JSON, as it is in binary data) the same as predict: sampled, counted, held against the thresholds. With the network’s own inputs its own outputs come back. Binary data follow the JSON, whose length the header `Inference-Header-Content-Length` tells.',
  body: v2Request,
  accepts: ['tensors'],
  answer: v2Response,
  binary: ['application/octet-stream'],
  errors: [
    'NOT_FOUND',
    'INFERENCE_NOT_RUNNING',
    'IMAGE_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
    'IMAGE_UNREADABLE',
    'IMAGE_REFUSED',
    'QUEUE_FULL',
    'INFERENCE_NOT_READY',
    'DEADLINE_EXCEEDED'
  ]
} as const

/** The Open Inference Protocol, version 2 (F22). Refusals are `{ "error": "…" }`, as it wants. */
export const v2Routes = {
  v2Server: route({
    method: 'GET',
    path: '/v2',
    access: 'line',
    tag: 'protocol',
    summary: 'The server and the protocol’s extensions that it knows',
    answer: v2Server
  }),
  v2Live: route({
    method: 'GET',
    path: '/v2/health/live',
    access: 'line',
    tag: 'protocol',
    summary: 'Whether the host is alive',
    answer: v2Live
  }),
  v2Ready: route({
    method: 'GET',
    path: '/v2/health/ready',
    access: 'line',
    tag: 'protocol',
    summary: 'Whether every run that should be up is healthy; 503 until then',
    otherStatus: 503,
    answer: v2Ready
  }),
  v2Model: route({ ...model, path: '/v2/models/{slug}', params: bySlug }),
  v2ModelVersion: route({ ...model, path: '/v2/models/{slug}/versions/{version}', params: byVersion }),
  v2ModelReady: route({ ...ready, path: '/v2/models/{slug}/ready', params: bySlug }),
  v2ModelVersionReady: route({ ...ready, path: '/v2/models/{slug}/versions/{version}/ready', params: byVersion }),
  v2Infer: route({ ...infer, path: '/v2/models/{slug}/infer', params: bySlug }),
  v2InferVersion: route({ ...infer, path: '/v2/models/{slug}/versions/{version}/infer', params: byVersion })
} as const
