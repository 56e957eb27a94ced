import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { packageRoot } from '../../../base/packageRoot.ts'
import type { Inferences } from '../../inference/inferences.ts'
import { docsPage } from '../docs/docsPage.ts'
import type { Api } from '../handle.ts'

/** `GET /docs`, for who writes the line's software, and the example clients beside it. */
export function docsRoutes({ app }: Api, inferences: Inferences, areKeysRequired: () => boolean): void {
  const folder = join(packageRoot(import.meta.url), 'resources', 'examples')
  const clients = ['lineside.py', 'Lineside.cs'].filter((name) => existsSync(join(folder, name)))
  const page = async (request: FastifyRequest, reply: FastifyReply) => {
    const known = await inferences.list()
    const { slug } = known.find(({ status }) => status === 'healthy') ?? known[0] ?? { slug: 'surface-check' }
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache')
    // The guards have seen to it that this is a name of this server.
    return docsPage({ url: `http://${request.headers.host}`, slug, withKey: areKeysRequired(), clients })
  }
  app.get('/docs', page)
  app.get('/docs/', page)
  for (const name of clients) {
    app.get(`/docs/${name}`, async (_request, reply) => {
      reply.type('text/plain; charset=utf-8').header('content-disposition', `attachment; filename="${name}"`)
      return readFile(join(folder, name))
    })
  }
}
