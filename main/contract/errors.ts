import { z } from 'zod'

/**
 * Every error that the API answers, with its HTTP status and its short title.
 * The code is stable; line software may rely on it.
 */
export const errorCodes = {
  INVALID_REQUEST: { status: 400, title: 'The request is not valid' },
  UNAUTHENTICATED: { status: 401, title: 'A session, token or key is needed' },
  FORBIDDEN_ORIGIN: { status: 403, title: 'Requests from this origin are refused' },
  FORBIDDEN_SCOPE: { status: 403, title: 'The key does not open this route' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This method is not allowed here' },
  INFERENCE_NOT_RUNNING: { status: 409, title: 'The inference is not running' },
  NAME_TAKEN: { status: 409, title: 'The name is taken' },
  CONFLICT: { status: 409, title: 'Not possible in the present state' },
  IMAGE_TOO_LARGE: { status: 413, title: 'The image is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'This type of content is not supported' },
  WRONG_HOST: { status: 421, title: 'Not a host name of this server' },
  IMAGE_UNREADABLE: { status: 422, title: 'The image cannot be read' },
  IMAGE_REFUSED: { status: 422, title: 'This image is refused' },
  MODEL_UNREADABLE: { status: 422, title: 'The model file cannot be read' },
  MODEL_UNSUPPORTED: { status: 422, title: 'The model is not supported' },
  QUEUE_FULL: { status: 429, title: 'The queue is full' },
  INTERNAL: { status: 500, title: 'A defect in Lineside' },
  INFERENCE_NOT_READY: { status: 503, title: 'The inference is not ready' },
  DEADLINE_EXCEEDED: { status: 504, title: 'The deadline has passed' },
  STORAGE_FULL: { status: 507, title: 'The disk is full' }
} as const

export type ErrorCode = keyof typeof errorCodes

export const errorCode = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]])

/** One field that a request got wrong. */
export const invalidField = z.object({
  path: z.string().meta({ description: 'Where, such as `general.threads`.' }),
  message: z.string()
})

/** RFC 9457 problem, `application/problem+json`. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: errorCode,
    detail: z.string().meta({ description: 'What went wrong, with which value, and what to do.' }),
    instance: z.string().optional(),
    requestId: z.string().optional(),
    fields: z.array(invalidField).optional(),
    inferenceStatus: z.string().optional().meta({ description: 'With INFERENCE_NOT_READY and INFERENCE_NOT_RUNNING.' }),
    retryAfterSeconds: z.number().optional()
  })
  .meta({ id: 'Problem' })

export type InvalidField = z.infer<typeof invalidField>
export type Problem = z.infer<typeof problem>
