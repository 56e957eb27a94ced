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
    if (!this.#blocked) return this.#write(frame(event))
    if (this.#waiting.push(frame(event)) <= mostWaiting) return
    this.#waiting.length = 0
    this.#lost = true
  }

  close(): void {
    clearInterval(this.#heartbeat)
    this.#response.end()
  }

  #flush(): void {
    this.#blocked = false
    if (this.#lost) {
      this.#lost = false
      this.#write(frame({ type: 'lost' }))
    }
    while (!this.#blocked && this.#waiting.length > 0) this.#write(this.#waiting.shift() ?? '')
  }

  #write(text: string): void {
    this.#blocked = !this.#response.write(text)
  }

  #beat(): void {
    if (!this.#blocked) this.#write(': still here\n\n')
  }
}

function frame(event: ServerEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`
}
