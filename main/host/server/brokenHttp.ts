import type { Socket } from 'node:net'
import type { ConnectionError } from 'fastify'
import { Refusal } from '../refusal.ts'
import { toProblem } from './problems.ts'

/** Answers what is no HTTP request at all, or one that took too long to arrive, and closes its connection. */
export function answerBrokenHttp(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy()
  const refusal = new Refusal('INVALID_REQUEST', `The request is not valid HTTP (${error.code}).`)
  const body = JSON.stringify(toProblem(refusal))
  socket.end(
    'HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`
  )
}
