import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { errorCodes, v2Error, type ErrorCode, type InvalidField, type Problem } from '../../contract/index.ts'
import type { Logger } from '../../base/logger.ts'
import { invalidFields, Refusal } from '../refusal.ts'

/** Codes of Fastify and its plugins that have one of ours; any other of their 4xx is an invalid request. */
const foreignCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'IMAGE_TOO_LARGE',
  FST_REQ_FILE_TOO_LARGE: 'IMAGE_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_NOT_FOUND: 'NOT_FOUND',
  // The client went away; nobody reads the answer.
  ECONNRESET: 'INVALID_REQUEST'
}

/** Seconds after which a busy or starting inference is worth another try, where its service names none. */
const defaultRetryAfterSeconds = 1

/** Answers whatever a request threw as a problem; what is not a refusal is logged and told without details. */
export function problemHandler(logger: Logger) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const refusal = asRefusal(error)
    if (refusal.code === 'INTERNAL') {
      logger.error(`${request.method} ${pathOf(request)} failed`, { requestId: request.id, error: describe(error) })
    }
    sendProblem(reply, refusal)
  }
}

/** Whether a path is of the Open Inference Protocol, whose refusals have a form of their own. */
export function isProtocol(path: string): boolean {
  return path === '/v2' || path.startsWith('/v2/')
}

/** Sends a refusal as `application/problem+json`, or as the Open Inference Protocol wants it. */
export function sendProblem(reply: FastifyReply, refusal: Refusal): void {
  const retryAfter = retryAfterOf(refusal)
  if (retryAfter !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(retryAfter)))
  if (refusal.status === 401) reply.header('www-authenticate', 'Bearer')
  const { request } = reply
  if (isProtocol(request.routeOptions.url ?? pathOf(request))) {
    reply.code(refusal.status).type('application/json; charset=utf-8')
    return void reply.send(JSON.stringify(v2Error.parse({ error: refusal.message })))
  }
  reply
    .code(refusal.status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(toProblem(refusal, pathOf(request), request.id)))
}

/** The body of a problem answer. */
export function toProblem(refusal: Refusal, instance?: string, requestId?: string): Problem {
  const { status, title } = errorCodes[refusal.code]
  return {
    type: `urn:lineside:problem:${refusal.code}`,
    title,
    status,
    code: refusal.code,
    detail: refusal.message,
    ...(instance !== undefined && { instance }),
    ...(requestId !== undefined && { requestId }),
    ...refusal.extra
  }
}

/** A request's path without its query, which may hold a token. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? request.url
}

function retryAfterOf(refusal: Refusal): number | undefined {
  const { status, extra } = refusal
  if (extra.retryAfterSeconds !== undefined) return extra.retryAfterSeconds
  return status === 429 || status === 503 ? defaultRetryAfterSeconds : undefined
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (!isFastifyError(error)) return internal()
  if (error.validation) return invalidFields(error.validation.map((issue) => toField(issue, error.validationContext)))
  const code = foreignCodes[error.code]
  if (code) return new Refusal(code, hintFor(code, error.message))
  const isClients = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
  return isClients ? new Refusal('INVALID_REQUEST', error.message) : internal()
}

function internal(): Refusal {
  return new Refusal('INTERNAL', 'Lineside met a defect while answering. The log has the details under the request id.')
}

function hintFor(code: ErrorCode, message: string): string {
  if (code === 'UNSUPPORTED_MEDIA_TYPE')
    return `${message}. Send this request with the content type of its documentation (/docs).`
  if (code === 'IMAGE_TOO_LARGE') return `The body is larger than this route takes (${message}).`
  return message
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}

function toField(issue: { instancePath: string; message?: string }, context: string | undefined): InvalidField {
  const path = issue.instancePath.split('/').filter(Boolean).join('.')
  return { path: path || (context ?? 'body'), message: issue.message ?? 'is not valid' }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
