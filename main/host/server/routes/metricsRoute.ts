import type { Metrics } from '../../telemetry/metrics.ts'
import type { Api } from '../handle.ts'

/** `GET /metrics`, for Prometheus. */
export function metricsRoute({ app }: Api, metrics: Metrics): void {
  app.get('/metrics', async (_request, reply) => {
    reply.type(metrics.contentType)
    return metrics.render()
  })
}
