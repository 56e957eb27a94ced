import type { ServerEvent } from '../contract/index.ts'
import type { Release } from '../base/disposables.ts'

/** What happened in the host, for every window and tool that listens. Listeners must not throw and must not block. */
export class EventBus {
  readonly #listeners = new Set<(event: ServerEvent) => void>()

  publish(event: ServerEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  subscribe(listener: (event: ServerEvent) => void): Release {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
