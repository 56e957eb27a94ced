import { fork } from 'node:child_process'
import { createServer, type ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

// What the host is measured against: a Node server that does nothing but hand a body's bytes to a forked child and
// answer what the child says. The same file is the server and, with `child`, the child.

const reply = z.object({ id: z.number(), length: z.number() })

if (process.argv[2] === 'child') {
  const given = z.object({ id: z.number(), image: z.instanceof(Uint8Array) })
  process.on('message', (message) => {
    const { id, image } = given.parse(message)
    process.send?.({ id, length: image.length })
  })
} else serve()

function serve(): void {
  const child = fork(fileURLToPath(import.meta.url), ['child'], { serialization: 'advanced' })
  const waiting = new Map<number, ServerResponse>()
  child.on('message', (message) => {
    const { id, length } = reply.parse(message)
    waiting.get(id)?.end(JSON.stringify({ id, length }))
    waiting.delete(id)
  })
  let next = 1
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const id = next++
      waiting.set(id, response)
      child.send({ id, image: Buffer.concat(chunks) })
    })
  })
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`${JSON.stringify({ url: addressOf(server.address()), pids: [process.pid, child.pid] })}\n`)
  })
}

function addressOf(address: ReturnType<ReturnType<typeof createServer>['address']>): string {
  if (address === null || typeof address === 'string') throw new Error('the bare server has no port')
  return `http://127.0.0.1:${address.port}`
}
