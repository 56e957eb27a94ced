import { routes } from '../../../contract/index.ts'
import type { Inferences } from '../../inference/inferences.ts'
import { handle, type Api } from '../handle.ts'

export function healthRoutes(api: Api, inferences: Inferences): void {
  handle(api, routes.alive, async () => ({ status: 'ok' as const, waitingFor: [] }))
  handle(api, routes.ready, async (_given, _request, reply) => {
    const waitingFor = await inferences.waitingFor()
    if (waitingFor.length === 0) return { status: 'ok' as const, waitingFor }
    reply.code(503).header('retry-after', 1)
    return { status: 'waiting' as const, waitingFor }
  })
}
