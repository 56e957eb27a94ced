import { z } from 'zod'
import { id, list, page, pageQuery } from '../primitives.ts'
import { route } from '../route.ts'
import { run, runDetails } from '../inference.ts'
import { areasQuery, recordedAreas, sample, sampleImport, sampleQuery, sampleSummary } from '../sample.ts'
import { byId, imageTypes } from './parts.ts'

/** Runs, imports and samples (F24, F25, F26). */
export const dataRoutes = {
  listRuns: route({
    method: 'GET',
    path: '/v1/runs',
    access: 'window',
    tag: 'data',
    summary: 'Runs, the newest first',
    query: pageQuery.extend({ project: id.optional(), inference: z.string().max(64).optional() }),
    answer: page(run)
  }),
  getRun: route({
    method: 'GET',
    path: '/v1/runs/{id}',
    access: 'window',
    tag: 'data',
    summary: 'A run with its history of states',
    params: byId,
    answer: runDetails,
    errors: ['NOT_FOUND']
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
  recordedAreas: route({
    method: 'GET',
    path: '/v1/samples/areas',
    access: 'window',
    tag: 'data',
    summary: 'Areas of what was recorded, by class: at most 20 000, of the newest samples',
    query: areasQuery,
    answer: list(recordedAreas)
  }),
  getSample: route({
    method: 'GET',
    path: '/v1/samples/{id}',
    access: 'window',
    tag: 'data',
    summary: 'All that is known of a sample',
    params: byId,
    query: sampleQuery.pick({ project: true, import: true, inference: true, verdict: true }),
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
    errors: ['NOT_FOUND', 'IMAGE_UNREADABLE']
  }),
  sampleThumbnail: route({
    method: 'GET',
    path: '/v1/samples/{id}/thumbnail',
    access: 'window',
    tag: 'data',
    summary: 'The image at most 320 px wide and high',
    params: byId,
    binary: ['image/webp'],
    errors: ['NOT_FOUND', 'IMAGE_UNREADABLE']
  })
} as const
