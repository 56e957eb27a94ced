// The policy of who may talk to this server. It listens on 127.0.0.1 only, so what remains are the pages that a
// browser on this machine has open and the other programs on it:
// - a foreign Host (DNS rebinding) gets 421;
// - every Origin but exactly ours, port included, gets 403, and so does what a browser says comes from another site,
//   but a document's navigation: cookies know no ports, so SameSite alone does not keep another local server's page out;
// - the line's routes need no key; the window's need the session cookie or `Authorization: Bearer <token>`;
// - `?token=` is traded for the cookie by a redirect, so that the token stays out of history, logs and referrers.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'
import { pathOf } from './problems.ts'
import type { Sessions } from './sessions.ts'

const hostNames = ['127.0.0.1', 'localhost']
const apiPaths = /^\/(v1|v2|healthz|readyz|metrics|openapi\.json)(\/|$)/

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
export function addGuards(app: FastifyInstance, sessions: Sessions): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(safetyHeaders)
    refuseForeignHost(request)
    refuseForeignOrigin(request)
    refuseForeignSite(request)
    if (!isApi(request)) await handOver(request, reply, sessions)
  })
}

/** @throws Refusal UNAUTHENTICATED unless the request carries the session's cookie or the token. */
export function requireSession(sessions: Sessions, request: FastifyRequest): void {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined && sessions.isToken(bearer)) return
  const session = request.cookies[cookieName(request)]
  if (session !== undefined && sessions.has(session)) return
  throw new Refusal(
    'UNAUTHENTICATED',
    'This needs the window’s session or `Authorization: Bearer` with the token in host.json of the data folder. ' +
      'Open the window with the link that `lineside serve` printed.'
  )
}

/** Whether a request is for the API, as opposed to a page or a file of the window. */
export function isApi(request: FastifyRequest): boolean {
  return apiPaths.test(request.routeOptions.url ?? '') || apiPaths.test(pathOf(request))
}

function refuseForeignHost(request: FastifyRequest): void {
  const host = (request.headers.host ?? '').toLowerCase()
  const port = request.socket.localPort
  if (hostNames.some((name) => host === `${name}:${port}` || (port === 80 && host === name))) return
  throw new Refusal('WRONG_HOST', `The host ${JSON.stringify(host)} is not served here; use 127.0.0.1:${port}.`)
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

async function handOver(request: FastifyRequest, reply: FastifyReply, sessions: Sessions): Promise<void> {
  if (request.method !== 'GET') return
  const url = new URL(request.url, 'http://localhost')
  const token = url.searchParams.get('token')
  if (token === null) return
  if (sessions.isToken(token)) {
    reply.setCookie(cookieName(request), sessions.open(), { httpOnly: true, sameSite: 'strict', path: '/' })
  }
  url.searchParams.delete('token')
  // One leading slash: two would name another host.
  await reply.redirect(url.pathname.replace(/^\/+/, '/') + url.search, 303)
}

function cookieName(request: FastifyRequest): string {
  return `lineside-${request.socket.localPort}`
}
