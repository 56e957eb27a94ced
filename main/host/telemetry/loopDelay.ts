import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Release } from '../../base/disposables.ts'

const spanMs = 60_000
const resolutionMs = 20

/** How late the host's thread comes to what is due: whether something blocks it. */
export class LoopDelay {
  readonly #histogram = monitorEventLoopDelay({ resolution: resolutionMs })

  /** The 99th percentile of the last minute or less, in ms. */
  get p99Ms(): number {
    return Math.max(0, this.#histogram.percentile(99) / 1e6 - resolutionMs)
  }

  start(): Release {
    this.#histogram.enable()
    const timer = setInterval(() => this.#histogram.reset(), spanMs).unref()
    return () => {
      clearInterval(timer)
      this.#histogram.disable()
    }
  }
}
