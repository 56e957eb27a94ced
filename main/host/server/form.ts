import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'

/** Most files, other fields and bytes of a form. */
export interface FormLimits {
  files: number
  fields: number
  fileSize: number
  fieldSize: number
}

/**
 * The parts of a multipart form as they arrive; each file must be read before the next part comes.
 * @throws Refusal INVALID_REQUEST where it is no whole form, or has more parts than it may.
 */
export async function* formParts(
  request: FastifyRequest,
  limits: FormLimits
): AsyncGenerator<MultipartFile | MultipartValue> {
  try {
    for await (const part of request.parts({ limits: { ...limits, parts: limits.files + limits.fields } })) {
      yield named(part)
    }
  } catch (error) {
    throw brokenForm(error)
  }
}

/** A part may lack its name and its file's name, whatever the parser's types say. */
function named<P extends MultipartFile | MultipartValue>(part: P): P {
  part.fieldname ||= 'nameless'
  if ('filename' in part) part.filename ||= ''
  return part
}

/** A file's bytes. @throws as `formParts`, and what the server answers as IMAGE_TOO_LARGE */
export async function fileBytes(part: MultipartFile): Promise<Uint8Array> {
  try {
    return await part.toBuffer()
  } catch (error) {
    throw brokenForm(error)
  }
}

/** The form parser's own errors are plain; those of its plugin carry a code, and stay. */
export function brokenForm(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Refusal || 'code' in error) return error
  return new Refusal('INVALID_REQUEST', `The body is not a whole multipart/form-data form: ${error.message}.`)
}
