import { setTimeout as delay } from 'node:timers/promises'
import { predictAnswer, problem, type Prediction } from '../../main/contract/index.ts'

/** After a refusal, and after no answer at all: a line that waits does not take the workstation's time. */
const [retryMs, brokenMs] = [5, 50]

/** What became of one request. Times of this process' clock, in ms. */
export interface Outcome {
  requestId: string
  /** Which of the pictures it was. */
  picture: number
  sentAt: number
  answeredAt: number
  /** Null where the connection broke before an answer came. */
  status: number | null
  code: string | null
  retryAfter: string | null
  /** From acceptance to the hand-over to the engine that answered; null where none did. */
  queueMs: number | null
  /** When the host took it, by its clock, in epoch ms; null where it was not answered. */
  acceptedAt: number | null
  /** The sample that the answer acknowledged. */
  sample: string | null
  predictions: Prediction[]
}

export interface TrafficOptions {
  name: string
  /** Where the inference is called now; it moves with another host. */
  endpoint: () => string
  pictures: Buffer<ArrayBuffer>[]
  posters: number
  /** From an answer to the poster's next request. */
  pauseMs?: number
}

/** A steady load on one inference, until it is told to end. One outcome for each request that was sent. */
export class Traffic {
  readonly outcomes: Outcome[] = []
  readonly #options: TrafficOptions
  readonly #posters: Promise<void>[]
  #sent = 0
  #going = true

  constructor(options: TrafficOptions) {
    this.#options = options
    this.#posters = Array.from({ length: options.posters }, () => this.#postAll())
  }

  get answered(): number {
    return this.outcomes.filter(({ status }) => status === 200).length
  }

  /** One line for each law that did not hold: one outcome for each request, and no refusal but these. */
  faults(expectedCodes: readonly string[]): string[] {
    const ids = new Set(this.outcomes.map(({ requestId }) => requestId))
    const codes = [...new Set(this.outcomes.flatMap(({ code }) => code ?? []))]
    return [
      ...(ids.size === this.#sent ? [] : [`${this.#sent} requests have ${ids.size} outcomes`]),
      ...codes.filter((code) => !expectedCodes.includes(code)).map((code) => `a request was refused with ${code}`)
    ]
  }

  /** Ends once what was sent has its outcome. */
  async stop(): Promise<Outcome[]> {
    this.#going = false
    await Promise.all(this.#posters)
    return this.outcomes
  }

  async #postAll(): Promise<void> {
    while (this.#going) {
      const outcome = await this.#post(this.#sent++)
      this.outcomes.push(outcome)
      await delay(this.#pauseAfter(outcome))
    }
  }

  #pauseAfter({ status }: Outcome): number {
    if (status === null) return brokenMs
    return status === 200 ? (this.#options.pauseMs ?? 0) : retryMs
  }

  async #post(number: number): Promise<Outcome> {
    const { name, endpoint, pictures } = this.#options
    const picture = number % pictures.length
    const requestId = `${name}-${number}`
    return { picture, ...(await post(endpoint(), pictures[picture] ?? Buffer.alloc(0), requestId)) }
  }
}

/** One request. @throws as `send` */
export async function post(
  url: string,
  body: Buffer<ArrayBuffer>,
  requestId: string
): Promise<Omit<Outcome, 'picture'>> {
  const sentAt = performance.now()
  const answer = await send(url, body, requestId)
  return { requestId, sentAt, answeredAt: performance.now(), ...answer }
}

type Answer = Omit<Outcome, 'requestId' | 'picture' | 'sentAt' | 'answeredAt'>

const none = { code: null, retryAfter: null, queueMs: null, acceptedAt: null, sample: null, predictions: [] }

/** @throws Error where an answer is not what the contract says, or another request's. */
async function send(url: string, picture: Buffer<ArrayBuffer>, requestId: string): Promise<Answer> {
  const received = await receive(url, picture, requestId)
  if (received === null) return { status: null, ...none }
  const { response, text } = received
  const { status } = response
  if (response.headers.get('x-request-id') !== requestId) throw new Error(`${requestId} was given another’s answer`)
  if (status !== 200) {
    const { code } = problem.parse(JSON.parse(text))
    return { ...none, status, code, retryAfter: response.headers.get('retry-after') }
  }
  const answer = predictAnswer.parse(JSON.parse(text))
  if (answer.requestId !== requestId) throw new Error(`${requestId} was given the answer of ${answer.requestId}`)
  const { predictions, timing, sample, metadata } = answer
  const acceptedAt = Date.parse(metadata['timestamp'] ?? '')
  return { ...none, status, queueMs: timing.queueMs, acceptedAt, sample: sample?.id ?? null, predictions }
}

async function receive(url: string, body: Buffer<ArrayBuffer>, requestId: string) {
  try {
    const response = await fetch(url, { method: 'POST', body, headers: { 'x-request-id': requestId } })
    return { response, text: await response.text() }
  } catch {
    return null
  }
}
