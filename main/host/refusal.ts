import { errorCodes, type ErrorCode, type InvalidField, type Problem } from '../contract/index.ts'

type Extra = Partial<Pick<Problem, 'fields' | 'inferenceStatus' | 'retryAfterSeconds'>>

/**
 * An expected refusal: it says what went wrong, with which value, and what to do.
 * Services throw it; the server answers it as a problem. Anything else that is thrown is a defect (500).
 */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly extra: Extra

  constructor(code: ErrorCode, detail: string, extra: Extra = {}) {
    super(detail)
    this.name = 'Refusal'
    this.code = code
    this.extra = extra
  }

  get status(): number {
    return errorCodes[this.code].status
  }
}

/** A request whose fields are wrong, each named. */
export function invalidFields(fields: InvalidField[]): Refusal {
  const detail = fields.map((field) => `${field.path}: ${field.message}`).join('; ')
  return new Refusal('INVALID_REQUEST', detail, { fields })
}
