import { routes } from '../../../contract/index.ts'
import type { Optimizations } from '../../optimization/optimizations.ts'
import { handle, type Api } from '../handle.ts'

export function optimizationRoutes(api: Api, optimizations: Optimizations): void {
  handle(api, routes.listOptimizations, async ({ params }) => ({ items: await optimizations.list(params.id) }))
  handle(api, routes.getOptimization, ({ params }) => optimizations.get(params.id))
}
