import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import { Refusal } from '../refusal.ts'
import { deepJson } from './limits.ts'

const rawTypes = /^(image\/[\w.+-]+|application\/octet-stream)\s*(;|$)/i

/**
 * Takes JSON bodies, and of the types that Fastify brings nothing else. An empty one counts as none: clients that set
 * the type by habit send such to routes that need no body.
 */
export function acceptJson(app: FastifyInstance, limit: number): void {
  app.removeContentTypeParser(['application/json', 'text/plain'])
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string', bodyLimit: limit },
    (request, body, done) => {
      const refusal = deepJson(body)
      if (refusal) done(refusal)
      else if (body === '') done(null, undefined)
      else void parseJson(request, body, done)
    }
  )
}

/**
 * Lets the routes of this scope take a picture as their raw body: `image/*`, `application/octet-stream`, or no type.
 * A type that is none of these, nor JSON, nor a multipart form, is refused.
 * @param limit The largest picture in bytes, whichever way it is sent.
 */
export function acceptPictures(app: FastifyInstance, limit: number): void {
  acceptJson(app, Math.ceil((limit * 4) / 3) + 1024 * 1024)
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    const type = request.headers['content-type']
    if (type === undefined || rawTypes.test(type)) return readBody(payload, declaredLength(request), limit)
    await discard(payload, limit)
    throw unsupported(type)
  })
}

/** Lets the routes of this scope take any body as its bytes, whatever it is called; they read it themselves. */
export function acceptAnything(app: FastifyInstance, limit: number): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (request: FastifyRequest, payload: Readable) =>
    readBody(payload, declaredLength(request), limit)
  )
}

/** The refusal of a content type that predict does not take. */
export function unsupported(type: string): Refusal {
  return new Refusal(
    'UNSUPPORTED_MEDIA_TYPE',
    `A body of type ${JSON.stringify(type)} is not taken. Send the image file as it is with image/jpeg (or its own ` +
      'type) or application/octet-stream, as the part `image` of multipart/form-data, or as base64 in application/json.'
  )
}

/** The refusal of a picture that is larger than `limit` bytes. */
export function tooLarge(limit: number): Refusal {
  return new Refusal('IMAGE_TOO_LARGE', `The image is larger than the limit of ${limit} bytes.`)
}

/**
 * Reads a body into one buffer; with its length known each byte is copied once.
 * @throws Refusal IMAGE_TOO_LARGE, INVALID_REQUEST (shorter than its Content-Length)
 */
export async function readBody(payload: Readable, length: number | undefined, limit: number): Promise<Buffer> {
  if (length !== undefined && length > limit) {
    await discard(payload, limit)
    throw tooLarge(limit)
  }
  return length === undefined ? readUnknown(payload, limit) : readKnown(payload, length)
}

async function readKnown(payload: Readable, length: number): Promise<Buffer> {
  const body = Buffer.allocUnsafeSlow(length)
  let filled = 0
  for await (const chunk of payload) {
    filled += chunkOf(chunk).copy(body, filled)
    giveUp(chunkOf(chunk))
  }
  if (filled === length) return body
  throw new Refusal('INVALID_REQUEST', `The body ended after ${filled} of ${length} bytes.`)
}

/**
 * Frees a chunk that has been copied. Left to the garbage collector, the chunks of a picture make it go through the
 * whole heap every few dozen requests.
 */
function giveUp({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}

async function readUnknown(payload: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let total = 0
  for await (const chunk of kept(payload)) {
    total += chunkOf(chunk).length
    if (total <= limit) chunks.push(chunkOf(chunk))
    else if (total > 2 * limit) break
  }
  if (total > limit) throw tooLarge(limit)
  return Buffer.concat(chunks, total)
}

/**
 * Reads a refused body away, up to twice the limit: an answer that is sent while the client is still writing is lost
 * to a connection reset in many HTTP clients.
 */
async function discard(payload: Readable, limit: number): Promise<void> {
  let total = 0
  for await (const chunk of kept(payload)) {
    total += chunkOf(chunk).length
    if (total > 2 * limit) return
  }
}

/** Iterates without destroying the stream, and with it the socket, when the reader stops early. */
function kept(payload: Readable): AsyncIterable<unknown> {
  return payload.iterator({ destroyOnReturn: false })
}

function chunkOf(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk
  throw new TypeError('a request’s body must arrive as bytes')
}

function declaredLength(request: FastifyRequest): number | undefined {
  const header = request.headers['content-length']
  return header === undefined ? undefined : Number(header)
}
