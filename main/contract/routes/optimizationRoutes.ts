import { list } from '../primitives.ts'
import { route } from '../route.ts'
import { optimization } from '../optimization.ts'
import { byId } from './parts.ts'

/** Computed class thresholds (F12, F29). */
export const optimizationRoutes = {
  listOptimizations: route({
    method: 'GET',
    path: '/v1/projects/{id}/optimizations',
    access: 'window',
    tag: 'optimizations',
    summary: 'The optimizations of a project, the newest first',
    params: byId,
    answer: list(optimization),
    errors: ['NOT_FOUND']
  }),
  getOptimization: route({
    method: 'GET',
    path: '/v1/optimizations/{id}',
    access: 'window',
    tag: 'optimizations',
    summary: 'An optimization: its class thresholds and what they rest on',
    params: byId,
    answer: optimization,
    errors: ['NOT_FOUND']
  })
} as const
