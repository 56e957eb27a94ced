import { routes } from '../../../contract/index.ts'
import type { Keys } from '../../keys/keys.ts'
import { handle, type Api } from '../handle.ts'

export function keyRoutes(api: Api, keys: Keys): void {
  handle(api, routes.listKeys, async () => ({ items: keys.list() }))
  handle(api, routes.createKey, ({ body }, _request, reply) => {
    reply.header('cache-control', 'no-store')
    return keys.create(body)
  })
  handle(api, routes.revokeKey, ({ params }) => keys.revoke(params.id))
}
