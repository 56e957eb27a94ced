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

/** Nobody reads more; a request of some megabytes can be wrong a million times. */
const mostFields = 50
const longestText = 500

/** A request whose fields are wrong, each named, the first fifty of them. */
export function invalidFields(wrong: InvalidField[]): Refusal {
  const fields = wrong
    .slice(0, mostFields)
    .map(({ path, message }) => ({ path: shortened(path), message: shortened(message) }))
  const more = wrong.length > fields.length ? [`and ${wrong.length - fields.length} more`] : []
  const detail = [...fields.map(({ path, message }) => `${path}: ${message}`), ...more].join('; ')
  return new Refusal('INVALID_REQUEST', detail, { fields })
}

function shortened(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text
}
