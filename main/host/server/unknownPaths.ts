import { extname } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'
import { isApi } from './guards.ts'
import { pathOf, sendProblem } from './problems.ts'
import { sendPage } from './window.ts'

/**
 * Answers what no route takes: 405 where the path has other methods, the window's page for what names no file (the
 * window's own paths), else 404. Register it before the routes.
 * @param windowFolder The built window, or null.
 */
export function answerUnknownPaths(app: FastifyInstance, windowFolder: string | null): void {
  const known: { method: string; pattern: RegExp }[] = []
  app.addHook('onRoute', ({ method, url }) => {
    if (url.includes('*')) return
    const pattern = new RegExp(`^${url.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}/?$`)
    for (const one of [method].flat()) known.push({ method: one, pattern })
  })
  app.setNotFoundHandler(async (request, reply) => {
    const path = pathOf(request)
    const methods = known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
    if (methods.length > 0 && !methods.includes(request.method)) {
      refuseMethod(request, reply, methods)
      return
    }
    if (windowFolder !== null && wantsPage(request)) {
      await sendPage(reply, windowFolder)
      return
    }
    sendProblem(reply, new Refusal('NOT_FOUND', `There is nothing at ${path}. The routes are listed at /docs.`))
  })
}

function refuseMethod(request: FastifyRequest, reply: FastifyReply, methods: string[]): void {
  reply.header('allow', methods.join(', '))
  const detail = `${request.method} is not possible at ${pathOf(request)}; possible are ${methods.join(', ')}.`
  sendProblem(reply, new Refusal('METHOD_NOT_ALLOWED', detail))
}

function wantsPage(request: FastifyRequest): boolean {
  return request.method === 'GET' && !isApi(request) && extname(pathOf(request)) === ''
}
