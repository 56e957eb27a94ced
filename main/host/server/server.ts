import type { AddressInfo } from 'node:net'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import fastify, { type FastifyInstance } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { ulid } from 'ulid'
import { systemCode } from '../../base/durableFile.ts'
import type { HostConfig } from '../config/config.ts'
import { localUrl } from '../config/listening.ts'
import { mustNotBeOpen } from '../keys/mustNotBeOpen.ts'
import { Refusal } from '../refusal.ts'
import { acceptJson } from './body.ts'
import { Access } from './access.ts'
import { addGuards } from './guards.ts'
import { serializerCompiler } from './handle.ts'
import { addDocumentation } from './openApi.ts'
import { answerBrokenHttp } from './brokenHttp.ts'
import { connectionLimits, limitConnections } from './limits.ts'
import { pathOf, problemHandler } from './problems.ts'
import { registerRoutes, type ServerParts } from './registerRoutes.ts'
import { answerUnknownPaths } from './unknownPaths.ts'
import { serveWindow } from './window.ts'

/** Of JSON bodies; pictures and model files have limits of their own. */
const jsonLimitBytes = 4 * 1024 * 1024
/** To receive a whole request. A picture needs a moment, a model file on this workstation a minute. */
const requestTimeoutMs = 10 * 60_000
/** A silent connection ends; longer than the longest deadline of a request, and than the event stream's heartbeat. */
const connectionTimeoutMs = 11 * 60_000

/** Builds the whole HTTP server; it listens once `listen` is called, and ends with `close`. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const { config, logger, sessions, keys, settings } = parts
  const app = fastify({
    requestTimeout: requestTimeoutMs,
    connectionTimeout: connectionTimeoutMs,
    http: { headersTimeout: 20_000 },
    routerOptions: { maxParamLength: 250 },
    // Ids of requests must differ, not be hard to guess, and the system's random numbers cost more than the rest of the way.
    genReqId: ({ headers }) => sane(headers['x-request-id']) ?? ulid(undefined, Math.random),
    clientErrorHandler: answerBrokenHttp,
    frameworkErrors: problemHandler(logger),
    // What the routes leave open on purpose (event streams) is ended by them before; the rest must not hold the stop up.
    forceCloseConnections: 'idle',
    return503OnClosing: false
  })
  limitConnections(app, connectionLimits)
  acceptJson(app, jsonLimitBytes)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(problemHandler(logger))
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id))
  app.addHook('onResponse', async (request, { statusCode, elapsedTime }) => {
    const about = { requestId: request.id, status: statusCode, ms: Math.round(elapsedTime) }
    logger.debug(`${request.method} ${pathOf(request)}`, about)
  })
  await app.register(cookie)
  const access = new Access(sessions, keys, () => settings.areKeysRequired)
  addGuards(app, access, config)
  await app.register(multipart, { isPartAFile: (name) => ['image', 'file', 'data'].includes(name ?? '') })
  answerUnknownPaths(app, config.windowFolder)
  await addDocumentation(app, parts.version)
  registerRoutes({ app, access }, parts)
  if (config.windowFolder !== null) await serveWindow(app, config.windowFolder)
  return app
}

/**
 * Listens where the configuration says.
 * @returns The server's url for this machine.
 * @throws Refusal CONFLICT where the port is taken: another one would be found by nobody; the
 *   address is not here; or other machines could come in without a key.
 */
export async function listen(app: FastifyInstance, config: HostConfig, areKeysRequired: boolean): Promise<string> {
  const { listen: host, port } = config
  mustNotBeOpen(config, areKeysRequired)
  try {
    await app.listen({ host, port })
  } catch (error) {
    if (systemCode(error) === 'EADDRNOTAVAIL') {
      throw new Refusal('CONFLICT', `This machine has no address ${host}. Give one that it has by --listen.`)
    }
    if (!isTaken(error)) throw error
    throw new Refusal(
      'CONFLICT',
      `Port ${port} is taken by another program. Stop that one, or choose a port by --port.`
    )
  }
  return localUrl(host, portOf(app.server.address()))
}

/** Lets requests end that are under way, up to `withinMs`, then cuts what is left. */
export async function closeServer(app: FastifyInstance, withinMs: number): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), withinMs)
  await app.close()
  clearTimeout(cut)
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

function isTaken(error: unknown): boolean {
  return ['EADDRINUSE', 'EACCES'].includes(systemCode(error) ?? '')
}

/** A client's own request id, where it can stand in a header and a log. */
function sane(id: string | string[] | undefined): string | undefined {
  return typeof id === 'string' && /^[\w.:/+=-]{1,100}$/.test(id) ? id : undefined
}
