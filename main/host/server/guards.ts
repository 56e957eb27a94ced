// The policy of who may talk to this server. It listens on 127.0.0.1 unless it was told otherwise (and then asks for a
// key on every route), so what remains are the pages that a browser on this machine has open and the other programs on it:
// - a foreign Host (DNS rebinding) gets 421;
// - every Origin but exactly ours, port included, gets 403, and so does what a browser says comes from another site,
//   but a document's navigation: cookies know no ports, so SameSite alone does not keep another local server's page out;
// - who may call which route stands in access.ts;
// - `?token=` is traded for the cookie by a redirect, so that the token stays out of history, logs and referrers.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'
import { isAcceptedHost } from '../config/listening.ts'
import type { HostConfig } from '../config/config.ts'
import { cookieName, type Access } from './access.ts'
import { pathOf } from './problems.ts'
import type { Sessions } from './sessions.ts'

const apiPaths = /^\/(v1|v2|healthz|readyz|metrics|openapi\.json)(\/|$)/
const documentationPaths = /^\/docs(\/|$)/

/** The window may load only what this server gives it; Mantine sets style attributes, hence inline styles. */
const contentPolicy = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'"
].join('; ')

const safetyHeaders = {
  'content-security-policy': contentPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff'
}

/** Puts the guards before every route. The cookie plugin must be registered before. */
export function addGuards(app: FastifyInstance, access: Access, config: HostConfig): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(safetyHeaders)
    refuseForeignHost(request, config)
    refuseForeignOrigin(request)
    refuseForeignSite(request)
    if (isApi(request)) access.requireSomebody(request)
    else if (!(await handOver(request, reply, access.sessions)) && isOf(documentationPaths, request)) {
      access.requireSomebody(request)
    }
  })
}

/** Whether a request is for the API, as opposed to a page or a file of the window. */
export function isApi(request: FastifyRequest): boolean {
  return isOf(apiPaths, request)
}

/** A path as the router understood it, and as it was sent. */
function isOf(paths: RegExp, request: FastifyRequest): boolean {
  return paths.test(request.routeOptions.url ?? '') || paths.test(pathOf(request))
}

function refuseForeignHost(request: FastifyRequest, config: HostConfig): void {
  const host = (request.headers.host ?? '').toLowerCase()
  const port = request.socket.localPort ?? 0
  if (isAcceptedHost(host, config, port)) return
  const detail = `The host ${JSON.stringify(host)} is not served here; use 127.0.0.1:${port}, or start Lineside with --host.`
  throw new Refusal('WRONG_HOST', detail)
}

function refuseForeignOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers
  if (origin === undefined || origin === `http://${host}`) return
  throw new Refusal('FORBIDDEN_ORIGIN', `The origin ${JSON.stringify(origin)} may not use this API.`)
}

function refuseForeignSite(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return
  if (isNavigation(request) && !isApi(request)) return
  throw new Refusal('FORBIDDEN_ORIGIN', `A ${site} request may not use this API.`)
}

function isNavigation({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}

/** @returns Whether it answered. */
async function handOver(request: FastifyRequest, reply: FastifyReply, sessions: Sessions): Promise<boolean> {
  if (request.method !== 'GET') return false
  const url = new URL(request.url, 'http://localhost')
  const token = url.searchParams.get('token')
  if (token === null) return false
  if (sessions.isToken(token)) {
    reply.setCookie(cookieName(request), sessions.open(), { httpOnly: true, sameSite: 'strict', path: '/' })
  }
  url.searchParams.delete('token')
  // One leading slash: two would name another host.
  await reply.redirect(url.pathname.replace(/^\/+/, '/') + url.search, 303)
  return true
}
