import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** One message as the receiver got it. */
export interface Received {
  id: string
  attempt: number
  event: string
  at: number
  /** The peer's port: equal ones came over the same connection. */
  port: number
  isSigned: boolean
  headers: IncomingMessage['headers']
  body: unknown
}

interface Manner {
  status?: number
  headers?: Record<string, string>
  afterMs?: number
  /** Takes the message and never answers. */
  hangs?: boolean
}

/** A receiver of webhooks over real HTTP, which behaves as it is told and checks signatures on its own. */
export class Receiver {
  readonly received: Received[] = []
  /** How it answers from now on. */
  manner: Manner = {}
  /** How it answers the next messages, one each, before `manner` counts. */
  readonly next: Manner[] = []
  readonly #key: Buffer | undefined
  #server: Server
  #port = 0

  /** @param key Of the signatures that it expects. */
  private constructor(key: Buffer | undefined) {
    this.#key = key
    this.#server = this.#listening()
  }

  static async start(key?: Buffer): Promise<Receiver> {
    const receiver = new Receiver(key)
    await receiver.up()
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/result?token=hidden`
  }

  /** Listens again, at the port that it had. */
  async up(): Promise<void> {
    if (this.#server.listening) return
    this.#server = this.#listening()
    this.#server.listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
  }

  /** Refuses connections and breaks those that are open. */
  async down(): Promise<void> {
    if (!this.#server.listening) return
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  #listening(): Server {
    return createServer((request, response) => void this.#take(request, response))
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(Buffer.from(part))
    this.received.push(this.#read(request, Buffer.concat(parts)))
    const { status = 200, headers = {}, afterMs = 0, hangs = false } = this.next.shift() ?? this.manner
    if (hangs) return
    if (afterMs > 0) await wait(afterMs)
    response.writeHead(status, headers).end('{"thanks":true}')
  }

  #read({ headers, socket }: IncomingMessage, body: Buffer): Received {
    return {
      id: String(headers['webhook-id']),
      attempt: Number(headers['lineside-attempt']),
      event: String(headers['lineside-event']),
      at: performance.now(),
      port: socket.remotePort ?? 0,
      isSigned: isSigned(headers, body, this.#key),
      headers,
      body: JSON.parse(body.toString())
    }
  }
}

/** As docs/webhook.md tells receivers to check it. */
function isSigned(headers: IncomingMessage['headers'], body: Buffer, key: Buffer | undefined): boolean {
  const signature = headers['webhook-signature']
  if (!key || typeof signature !== 'string') return false
  const timestamp = String(headers['webhook-timestamp'])
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false
  const content = Buffer.concat([Buffer.from(`${String(headers['webhook-id'])}.${timestamp}.`), body])
  const expected = createHmac('sha256', key).update(content).digest()
  const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
