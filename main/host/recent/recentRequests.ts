import type { Prediction, Setup } from '../../contract/index.ts'

/** What is kept of a prediction. */
export interface RecentPrediction {
  class: string
  confidence: number
  /** As it was answered. */
  unknown: boolean
  /** It lay below the confidence floor, and only the confidence rule saw it. */
  candidate: boolean
  /** Of its mask; null where it has none. */
  areaPx: number | null
}

/** What is kept of an answered request of the line. */
export interface RecentRequest {
  /** When it came, epoch ms. */
  at: number
  /** The id of the model that answered. */
  model: string
  /** Of the picture as it was sent. */
  bytes: number
  /** What lay below this confidence was not seen. */
  seenFrom: number
  predictions: readonly RecentPrediction[]
}

const most = { requests: 1000, predictions: 10_000 }

/** The last requests of an inference, the oldest first; bounded by their number and by that of their predictions. */
export class RecentRequests {
  readonly #most: typeof most
  #requests: RecentRequest[] = []
  #predictions = 0

  constructor(bounds: Partial<typeof most> = {}) {
    this.#most = { ...most, ...bounds }
  }

  /** The newest one is kept whatever its size. */
  add(request: RecentRequest): void {
    this.#requests.push(request)
    this.#predictions += request.predictions.length
    while (this.#isTooMuch()) this.#predictions -= this.#requests.shift()?.predictions.length ?? 0
  }

  /** Puts what is known of earlier runs before what came since. */
  addEarlier(earlier: readonly RecentRequest[]): void {
    const since = this.#requests
    this.#requests = []
    this.#predictions = 0
    for (const request of [...earlier, ...since]) this.add(request)
  }

  list(): RecentRequest[] {
    return [...this.#requests]
  }

  #isTooMuch(): boolean {
    const { length } = this.#requests
    return length > this.#most.requests || (length > 1 && this.#predictions > this.#most.predictions)
  }
}

/** A prediction without its geometry. */
export function recentPrediction({ class: name, confidence, unknown, candidate, mask }: Prediction): RecentPrediction {
  return { class: name, confidence, unknown, candidate: candidate ?? false, areaPx: mask?.areaPx ?? null }
}

/** From which confidence on a run of this setup sees what there is: its floor, or where its candidates begin. */
export function seenFrom({ parameters, sampling }: Pick<Setup, 'parameters' | 'sampling'>): number {
  const floor = parameters['confidence']
  return typeof floor === 'number' ? Math.min(floor, sampling.confidence?.from ?? 1) : 0
}
