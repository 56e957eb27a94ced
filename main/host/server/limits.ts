import type { FastifyInstance } from 'fastify'
import { Refusal } from '../refusal.ts'

export interface ConnectionLimits {
  /** Open connections; more are closed at once. */
  most: number
  /** How long the body of a request may stand still before its connection is cut. */
  bodySilenceMs: number
}

export const connectionLimits: ConnectionLimits = { most: 1000, bodySilenceMs: 60_000 }

/** A setup nests six deep. */
const mostJsonDepth = 32
const [quote, backslash, bracket, brace] = [0x22, 0x5c, 0x5b, 0x7b]

/** Bounds what clients can hold without sending anything: connections, and requests whose body never ends. */
export function limitConnections(app: FastifyInstance, { most, bodySilenceMs }: ConnectionLimits): void {
  app.server.maxConnections = most
  app.addHook('onRequest', async ({ raw, headers }) => {
    if (Number(headers['content-length'] ?? 0) === 0 && headers['transfer-encoding'] === undefined) return
    const { socket } = raw
    const usual = socket.timeout ?? 0
    socket.setTimeout(bodySilenceMs)
    raw.once('end', () => socket.setTimeout(usual))
  })
}

/**
 * Looks before JSON text is parsed: some megabytes of brackets hold the host up for seconds, and overflow the stack of
 * what walks through them afterwards.
 * @returns INVALID_REQUEST where it nests too deep
 */
export function deepJson(text: string): Refusal | undefined {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at)
    else if (code === bracket || code === brace) depth++
    else if (code === bracket + 2 || code === brace + 2) depth--
    if (depth > mostJsonDepth)
      return new Refusal('INVALID_REQUEST', `The JSON nests deeper than ${mostJsonDepth} levels.`)
  }
  return undefined
}

/** Where the string's closing quote stands: a picture in base64 is one string, and is leapt over. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = 0
    while (text.charCodeAt(at - 1 - escapes) === backslash) escapes++
    if (escapes % 2 === 0) return at
  }
  return text.length
}
