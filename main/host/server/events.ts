import type { ServerResponse } from 'node:http'
import type { ServerEvent } from '../../contract/index.ts'

const mostWaiting = 500
const heartbeatMs = 15_000

/**
 * One client's server-sent events. A client that does not read costs at most `mostWaiting` events: then they are
 * dropped and it is told so by `lost` as soon as it reads again.
 */
export class EventStream {
  readonly #response: ServerResponse
  readonly #heartbeat: NodeJS.Timeout
  readonly #waiting: string[] = []
  #blocked = false
  #lost = false

  constructor(response: ServerResponse) {
    this.#response = response
    response.on('drain', () => this.#flush())
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs)
  }

  send(event: ServerEvent): void {
    if (this.#lost) return
    if (!this.#blocked) {
      this.#blocked = !this.#response.write(frame(event))
      return
    }
    if (this.#waiting.push(frame(event)) <= mostWaiting) return
    this.#waiting.length = 0
    this.#lost = true
  }

  close(): void {
    clearInterval(this.#heartbeat)
    this.#response.end()
  }

  #flush(): void {
    if (this.#lost) this.#waiting.push(frame({ type: 'lost' }))
    this.#lost = false
    let isOpen = true
    while (isOpen && this.#waiting.length > 0) isOpen = this.#response.write(this.#waiting.shift() ?? '')
    this.#blocked = !isOpen
  }

  #beat(): void {
    if (!this.#blocked) this.#blocked = !this.#response.write(': still here\n\n')
  }
}

function frame(event: ServerEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`
}
