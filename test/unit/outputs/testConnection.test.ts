import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createTlsServer } from 'node:https'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { predictAnswer, type StoredOutput } from '../../../main/contract/index.ts'
import { testOutput } from '../../../main/host/outputs/runOutputs.ts'
import { connectionWords } from '../../../main/host/outputs/troubleWords.ts'
import { Receiver } from '../../helpers/receiver.ts'
import { keepingLogger } from '../host-data/keepingLogger.ts'

const servers: { close(): unknown }[] = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))

async function listening(server: Server): Promise<number> {
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function connect(url: string, timeoutMs = 2000) {
  const limits = { timeoutMs, queue: 1, maxAgeSeconds: 1 }
  const setup: StoredOutput = {
    ...{ id: '01K0000000000000000000000A', kind: 'webhook', name: 'Gate', url, when: 'all', masks: 'none', ...limits },
    ...{ hasSecret: true, secret: 'the-same-at-both-ends' }
  }
  const services = { logger: keepingLogger(), random: Math.random, onChange: () => undefined }
  return testOutput(setup, '1.0.0', services)
}

it('sends a signed result that is marked as a test and moves nothing', async () => {
  const receiver = await Receiver.start(Buffer.from('the-same-at-both-ends'))
  expect(await connect(receiver.url)).toMatchObject({ ok: true, status: 200 })
  const [received] = receiver.received
  expect(received).toMatchObject({ event: 'test', attempt: 1, isSigned: true })
  expect(predictAnswer.parse(received?.body)).toMatchObject({ requestId: 'test', predictions: [], verdict: null })
  await receiver.down()
})

it.each([
  [401, /^it answered 401 Unauthorized; .*is the secret the same at both ends\?$/],
  [404, /^it answered 404 Not Found; nothing answers at this path$/],
  [500, /^it answered 500 Internal Server Error$/],
  [301, /^it answered 301 Moved Permanently, a redirect; redirects are not followed/]
])('says what %i means', async (status, message) => {
  const receiver = await Receiver.start()
  receiver.manner = { status }
  expect(await connect(receiver.url)).toEqual({
    ok: false,
    status,
    ms: expect.any(Number),
    message: expect.stringMatching(message)
  })
  await receiver.down()
})

it('says that nothing listens', async () => {
  const receiver = await Receiver.start()
  await receiver.down()
  const { ok, status, message } = await connect(receiver.url)
  expect({ ok, status }).toEqual({ ok: false, status: null })
  expect(message).toMatch(/^nothing listens at 127\.0\.0\.1:\d+; check the port/)
})

it('says that a name is not known', async () => {
  const { ok, message } = await connect('http://no-such-machine.invalid/')
  expect(ok).toBe(false)
  expect(message).toMatch(/“no-such-machine.invalid” (is not known in this network|could not be looked up)/)
})

it('says that no answer came in time', async () => {
  const receiver = await Receiver.start()
  receiver.manner = { hangs: true }
  expect((await connect(receiver.url, 120)).message).toMatch(/gave no answer within 120 ms$/)
  await receiver.down()
})

it('says that a certificate is nobody’s', async () => {
  const file = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url))
  const options = { key: file('key.pem'), cert: file('certificate.pem') }
  const port = await listening(createTlsServer(options, (_, response) => response.end()))
  expect((await connect(`https://localhost:${port}/`)).message).toMatch(/^its certificate was not issued by anyone/)
})

it('says which of http and https is wrong', async () => {
  const receiver = await Receiver.start()
  const secure = receiver.url.replace('http:', 'https:')
  expect((await connect(secure)).message).toMatch(/does not speak TLS; try http:\/\/ instead of https:\/\/$/)
  const port = await listening(createServer((socket) => void socket.end('\x15\x03\x01\x00\x02\x02\x46')))
  expect((await connect(`http://127.0.0.1:${port}/`)).message).toMatch(/is not HTTP; if it speaks TLS, use https:\/\/$/)
  await receiver.down()
})

it('says that a connection was closed without an answer', async () => {
  const port = await listening(createServer((socket) => void socket.once('data', () => socket.destroy())))
  expect((await connect(`http://127.0.0.1:${port}/`)).message).toMatch(/closed the connection without an answer$/)
})

it('says something of an error that nobody foresaw, and nothing of the address’s query', () => {
  const error = Object.assign(new Error('odd'), { code: 'EODD' })
  expect(connectionWords(error, new URL('http://box:81/a?token=b'))).toBe('box:81 cannot be reached (EODD)')
})
