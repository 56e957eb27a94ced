import { z } from 'zod'
import { estimateQuestion, samplingEstimate } from '../estimate.ts'
import { route } from '../route.ts'
import { byId } from './parts.ts'

/** What a setup would do, judged by what the line sent recently (F9, F10, F12). */
export const estimateRoutes = {
  estimateSampling: route({
    method: 'POST',
    path: '/v1/projects/{id}/sampling-estimate',
    access: 'window',
    tag: 'inferences',
    summary: 'What a setup would record, and what would be unknown, by the last requests of the line',
    description:
      'The setup’s own rules, limits and intervals go over the recent requests of its inference, at the times when these came; where it has none with this model, over those of the inference with the same model that was last in use. Null where there are none.',
    params: byId,
    body: estimateQuestion,
    answer: z.object({ estimate: samplingEstimate.nullable() }),
    errors: ['NOT_FOUND', 'INVALID_REQUEST']
  })
} as const
