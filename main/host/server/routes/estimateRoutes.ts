import { routes } from '../../../contract/index.ts'
import type { SamplingEstimates } from '../../sampling/estimates.ts'
import { handle, type Api } from '../handle.ts'

export function estimateRoutes(api: Api, estimates: SamplingEstimates): void {
  handle(api, routes.estimateSampling, async ({ params, body }) => ({
    estimate: await estimates.estimate(params.id, body)
  }))
}
