import type { LatestPrediction, PredictAnswer } from '../../contract/index.ts'
import { isoTimestamp } from '../clock.ts'
import { withMasks } from './maskForms.ts'

interface Entry {
  prediction: LatestPrediction
  image: Uint8Array
}

/** The last predictions of a run with their pictures, in memory. */
export class Latest {
  readonly #most: number
  readonly #mostBytes: number
  readonly #entries: Entry[] = []
  #bytes = 0

  /** @param mostBytes Of all pictures together; the newest is kept whatever its size. */
  constructor(most = 20, mostBytes = 64 * 1024 * 1024) {
    this.#most = most
    this.#mostBytes = mostBytes
  }

  add(prediction: LatestPrediction, image: Uint8Array): void {
    this.#entries.push({ prediction, image })
    this.#bytes += image.length
    while (this.#entries.length > 1 && (this.#entries.length > this.#most || this.#bytes > this.#mostBytes)) {
      this.#bytes -= this.#entries.shift()?.image.length ?? 0
    }
  }

  /** The newest first. */
  list(): LatestPrediction[] {
    return this.#entries.map(({ prediction }) => prediction).reverse()
  }

  image(requestId: string): Uint8Array | undefined {
    return this.#entries.findLast(({ prediction }) => prediction.requestId === requestId)?.image
  }
}

/** An answer as it is kept and shown. @param at When the request came. */
export function latestOf(
  { requestId, image, predictions, verdict, sample, timing: { totalMs } }: PredictAnswer,
  at: Date
): LatestPrediction {
  const shown = withMasks(predictions, 'polygon')
  return { requestId, at: isoTimestamp(at), image, predictions: shown, verdict, totalMs, sample: sample?.id ?? null }
}
