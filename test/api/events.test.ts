import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { routes, type ServerEvent } from '../../main/contract/index.ts'
import { EventStream } from '../../main/host/server/events.ts'
import { readEvents, type EventReader } from '../helpers/eventReader.ts'
import { samplePictures, TestHost } from '../helpers/testHost.ts'

describe('GET /v1/events', () => {
  let test: TestHost
  let reader: EventReader

  beforeAll(async () => {
    test = await TestHost.start()
    reader = await readEvents(await test.fetch('/v1/events'))
  })
  afterAll(async () => {
    await test.remove()
    expect(await reader.ended).toBe('closed by the host')
  })

  it('begins with hello, then every inference, then the workstation', async () => {
    await reader.until((event) => event.type === 'workstation')
    const types = reader.events.map(({ type }) => type)
    const { items } = await test.client.call(routes.listInferences, {})
    expect(types.slice(0, items.length + 2)).toEqual(['hello', ...items.map(() => 'inference'), 'workstation'])
  })

  it('tells of statuses, predictions, samples and lists that changed', async () => {
    const { slug, project } = await test.running('Events', { sampling: { random: { probability: 1 } } })
    const [file = ''] = await samplePictures()
    const { requestId, sample } = await test.client.send(
      routes.predict,
      { params: { slug } },
      new Uint8Array(await readFile(file))
    )
    await reader.until((event) => event.type === 'prediction' && event.latest.requestId === requestId)
    await reader.until((event) => event.type === 'sample' && event.sample.id === sample?.id)
    await reader.until((event) => event.type === 'changed' && event.what === 'runs' && event.project === project.id)
    // Statuses are told at most four times a second, so the last of a burst comes after the prediction.
    await reader.until((event) => isOf(event, slug) && event.inference.status === 'healthy')
    const statuses = reader.events.flatMap((event) => (isOf(event, slug) ? [event.inference.status] : []))
    expect([...new Set(statuses)]).toEqual(expect.arrayContaining(['stopped', 'preparing', 'healthy']))
    await test.client.call(routes.stopInference, { params: { slug } })
    await test.untilStatus(slug, 'stopped')
    await test.client.call(routes.deleteInference, { params: { slug } })
    await reader.until((event) => event.type === 'inference-removed' && event.slug === slug)
  })
})

function isOf(event: ServerEvent, slug: string): event is Extract<ServerEvent, { type: 'inference' }> {
  return event.type === 'inference' && event.inference.slug === slug
}

describe('a client that does not read', () => {
  let server: Server

  afterEach(() => new Promise((resolve) => server.close(resolve)))

  it('costs a bounded queue and is told that it lost events once it reads again', async () => {
    const message = 'x'.repeat(10_000)
    const where = { inference: null, run: null }
    const record = { seq: 1, at: '2026-01-01T00:00:00.000+00:00', level: 'info' as const, ...where, message }
    let stream: EventStream | undefined
    const opened = new Promise<() => number>((resolve) => {
      server = createServer((_request, response) => {
        stream = new EventStream(response)
        resolve(() => response.writableLength)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.pause()
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    const buffered = await opened
    for (let sent = 0; sent < 3000; sent++) {
      stream?.send({ type: 'log', record })
      if (sent % 100 === 0) await new Promise(setImmediate)
    }
    expect(buffered()).toBeLessThan(1_000_000)
    const received = new Promise<string>((resolve) => {
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk.toString()
        if (text.includes('{"type":"hello"')) resolve(text)
        else if (text.includes('{"type":"lost"}')) stream?.send({ type: 'hello', version: '1' })
      })
    })
    socket.resume()
    const text = await received
    expect(text.match(/"type":"lost"/g)).toHaveLength(1)
    expect(text.match(/"type":"log"/g)?.length).toBeLessThan(3000)
    stream?.close()
    socket.destroy()
  })
})
