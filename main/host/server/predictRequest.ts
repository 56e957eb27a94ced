import type { FastifyRequest } from 'fastify'
import { givenMetadata, predictJson } from '../../contract/index.ts'
import { invalidFields, Refusal } from '../refusal.ts'
import { tooLarge } from './body.ts'
import { fileBytes, formParts } from './form.ts'
import { parse, parseJson } from './handle.ts'

const mostMetadataBytes = 512 * 1024
const metadataHeader = 'lineside-metadata'

/** A picture's file as it came, and the metadata that override the setup's. */
export interface GivenPicture {
  image: Uint8Array
  metadata: Record<string, string>
}

/**
 * Reads the picture and its metadata from any of the three kinds of body (F19, F20).
 * @param limit The largest picture in bytes.
 * @throws Refusal INVALID_REQUEST, IMAGE_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE
 */
export async function readPicture(request: FastifyRequest, limit: number): Promise<GivenPicture> {
  const given = await readAnyBody(request, limit)
  if (given.image.length > limit) throw tooLarge(limit)
  mustNotBeEmpty(given.image)
  return given
}

/** @throws Refusal INVALID_REQUEST */
export function mustNotBeEmpty(image: Uint8Array): Uint8Array {
  if (image.length > 0) return image
  throw new Refusal('INVALID_REQUEST', 'The image is empty. Send the image file’s bytes.')
}

async function readAnyBody(request: FastifyRequest, limit: number): Promise<GivenPicture> {
  const { body } = request
  if (request.isMultipart()) return readForm(request, limit)
  if (Buffer.isBuffer(body)) return { image: body, metadata: headerMetadata(request) }
  if (body === undefined) throw new Refusal('INVALID_REQUEST', 'The body is empty. Send the image file’s bytes.')
  const { image, metadata } = parse(predictJson, body, 'body')
  return { image: decodeBase64(image), metadata }
}

async function readForm(request: FastifyRequest, limit: number): Promise<GivenPicture> {
  let image: Uint8Array | undefined
  let metadata: Record<string, string> = {}
  const limits = { files: 1, fields: 1, fileSize: limit, fieldSize: mostMetadataBytes }
  for await (const part of formParts(request, limits)) {
    if (part.type === 'file' && part.fieldname === 'image') image = await fileBytes(part)
    else if (part.type === 'field' && part.fieldname === 'metadata') metadata = metadataOf(fieldValue(part))
    else
      throw invalidFields([
        { path: part.fieldname, message: 'is not a part of this form; it has `image` and `metadata`' }
      ])
  }
  if (!image) throw invalidFields([{ path: 'image', message: 'is missing from the form' }])
  return { image, metadata }
}

/** Its text; a part of type application/json arrives parsed. */
function fieldValue({ value, valueTruncated }: { value: unknown; valueTruncated: boolean }): unknown {
  if (valueTruncated) throw invalidFields([{ path: 'metadata', message: `is larger than ${mostMetadataBytes} bytes` }])
  return value
}

function metadataOf(given: unknown): Record<string, string> {
  if (given === undefined || given === '') return {}
  return typeof given === 'string'
    ? parseJson(givenMetadata, given, 'metadata')
    : parse(givenMetadata, given, 'metadata')
}

/** What the header `Lineside-Metadata` says. @throws Refusal INVALID_REQUEST */
export function headerMetadata(request: FastifyRequest): Record<string, string> {
  return metadataOf(headerText(request))
}

/** Node gives a header's bytes as Latin-1 characters; clients send UTF-8. */
function headerText(request: FastifyRequest): string | undefined {
  const header = request.headers[metadataHeader]
  if (header === undefined) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(String(header), 'latin1'))
  } catch {
    throw invalidFields([{ path: 'metadata', message: 'the header Lineside-Metadata must be UTF-8' }])
  }
}

/** @throws Refusal INVALID_REQUEST */
export function decodeBase64(text: string): Buffer {
  const base64 = text.startsWith('data:') ? text.slice(text.indexOf(',') + 1) : text
  const bytes = Buffer.from(base64, 'base64')
  // Node skips what is no base64, so only the whole length tells that there was none of it.
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0
  if (bytes.length === Math.floor(((base64.length - padding) * 3) / 4)) return bytes
  throw invalidFields([{ path: 'image', message: 'must be base64 without line breaks or other characters' }])
}
