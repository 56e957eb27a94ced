import type { FastifyReply } from 'fastify'
import { routes } from '../../../contract/index.ts'
import { folderTimestamp } from '../../clock.ts'
import type { Inferences } from '../../inference/inferences.ts'
import type { Diagnostics } from '../../telemetry/diagnostics.ts'
import type { FiguresHistory } from '../../telemetry/figuresHistory.ts'
import type { Health } from '../../telemetry/health.ts'
import type { Logs } from '../../telemetry/logs.ts'
import { handle, type Api } from '../handle.ts'

/** What is kept and told of how Lineside does. */
export interface TelemetryServices {
  inferences: Inferences
  logs: Logs
  history: FiguresHistory
  health: Health
  diagnostics: Diagnostics
}

export function telemetryRoutes(api: Api, services: TelemetryServices): void {
  const { inferences, logs, history, health, diagnostics } = services
  handle(api, routes.listLogs, async () => ({ items: await logs.list() }))
  handle(api, routes.readLog, ({ params, query }) => logs.read(params.log, query))
  handle(api, routes.downloadLog, async ({ params }, _request, reply) => {
    const content = await logs.content(params.log)
    attach(reply, 'application/x-ndjson', `${params.log === 'app' ? 'lineside' : params.log}.log`)
    return content
  })
  handle(api, routes.health, () => health.read())
  handle(api, routes.figuresHistory, async ({ params, query }) => {
    await inferences.get(params.slug)
    return history.read(params.slug, query)
  })
  handle(api, routes.diagnostics, async (_given, _request, reply) => {
    const archive = await diagnostics.archive()
    attach(reply, 'application/zip', `lineside diagnostics ${folderTimestamp(new Date())}.zip`)
    return archive
  })
  handle(api, routes.inferenceDiagnostics, async ({ params }, _request, reply) => {
    const archive = await diagnostics.archive(params.slug)
    attach(reply, 'application/zip', `${params.slug} diagnostics ${folderTimestamp(new Date())}.zip`)
    return archive
  })
}

/** @param name Of letters, digits, hyphens, dots and blanks. */
function attach(reply: FastifyReply, type: string, name: string): void {
  reply.type(type)
  reply.headers({ 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' })
}
