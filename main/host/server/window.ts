import { readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import compress from '@fastify/compress'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Files under `assets/` carry a hash of their content in their name. */
const forever = 'public, max-age=31536000, immutable'

/** Serves the built window's files; they hold no secrets, so no session is asked for. */
export async function serveWindow(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(compress)
    await scope.register(fastifyStatic, {
      root: folder,
      decorateReply: false,
      // What the build has compressed; the rest is compressed as it goes.
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', path.includes(`${sep}assets${sep}`) ? forever : 'no-cache')
      }
    })
  })
}

/** The window's page, for every path that the window itself gives a meaning to. */
export async function sendPage(reply: FastifyReply, folder: string): Promise<void> {
  const page = await readFile(join(folder, 'index.html'))
  reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8')
  await reply.send(page)
}
