import type { FastifyReply } from 'fastify'
import type { ServerEvent } from '../../../contract/index.ts'
import type { EventBus } from '../../eventBus.ts'
import { EventStream } from '../events.ts'
import type { Api } from '../handle.ts'

/** What a client is told first, so that it needs no other request to be up to date. */
export type Snapshot = () => Promise<ServerEvent[]>

/** `GET /v1/events`: the snapshot, then everything that happens, as server-sent events. */
export function eventRoutes({ app, access }: Api, bus: EventBus, snapshot: Snapshot): void {
  const streams = new Set<EventStream>()
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.close()
  })
  app.get('/v1/events', {
    onRequest: async (request) => access.requireSession(request),
    handler: async (_request, reply) => {
      const stream = open(reply)
      streams.add(stream)
      const release = relay(stream, bus, snapshot)
      reply.raw.on('close', () => {
        release()
        stream.close()
        streams.delete(stream)
      })
    }
  })
}

function open(reply: FastifyReply): EventStream {
  reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value)
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  return new EventStream(reply.raw)
}

/** What happens while the snapshot is being read is told after it, so that the last word is the newest. */
function relay(stream: EventStream, bus: EventBus, snapshot: Snapshot): () => void {
  let early: ServerEvent[] | undefined = []
  const release = bus.subscribe((event) => {
    if (early) early.push(event)
    else stream.send(event)
  })
  snapshot().then(
    (events) => {
      for (const event of [...events, ...(early ?? [])]) stream.send(event)
      early = undefined
    },
    () => stream.close()
  )
  return () => void release()
}
