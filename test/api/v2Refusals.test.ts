import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { binaryBody, bodyLimitBytes, errorOf, path, V2Line } from '../helpers/v2Line.ts'

let line: V2Line

beforeAll(async () => {
  line = await V2Line.start()
})
afterAll(() => line.test.remove())

function element(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return Buffer.concat([length, bytes])
}

describe('refusals are { "error" } with the status of their cause', () => {
  async function refusal(request: unknown, to?: string) {
    return errorOf(await line.infer(request, to))
  }
  const image = (data: string) => ({ ...line.input, data: [data] })

  it('400 for what is no request of the protocol', async () => {
    const wrong: unknown[] = [
      {},
      { inputs: [] },
      { inputs: 'image' },
      { inputs: [{ ...line.input, datatype: 'STRING' }] },
      { inputs: [{ ...line.input, shape: [-1] }] },
      { inputs: [{ ...line.input, shape: [2] }] },
      { inputs: [{ ...line.input, shape: [] }] },
      { inputs: [{ ...line.input, data: 'text' }] },
      { inputs: [{ ...line.input, data: [7] }] },
      { inputs: [{ ...line.input, name: 'picture' }] },
      { inputs: [line.input, line.input] },
      { inputs: [image('no base64!')] },
      { inputs: [image('')] },
      { inputs: [line.input], outputs: [{ name: 'nothing' }] },
      { inputs: [line.input], outputs: [{ name: 'scores' }, { name: 'scores' }] },
      { inputs: [line.input], outputs: [{ name: 'scores', parameters: { classification: 3 } }] },
      { inputs: [{ ...line.input, parameters: { shared_memory_region: 'a' } }] },
      { inputs: [line.input], parameters: { masks: 'svg' } },
      { inputs: [line.input], parameters: { deadlineMs: 0 } },
      { inputs: [line.input], parameters: { 'metadata.timestamp': 'now' } },
      { inputs: [line.input], parameters: { nested: { a: 1 } } }
    ]
    for (const request of wrong) expect({ request, ...(await refusal(request)) }).toMatchObject({ status: 400 })
    expect((await errorOf(await line.test.post(`${path}/infer`, '{"inputs":'))).status).toBe(400)
    expect((await errorOf(await line.test.post(`${path}/infer`, null))).status).toBe(400)
  })

  it('400 for binary data that do not fit what the JSON says', async () => {
    const input = (size: unknown) => ({ ...line.input, data: undefined, parameters: { binary_data_size: size } })
    const file = element(line.picture)
    const wrong = [
      binaryBody({ inputs: [input(file.length + 1)] }, file),
      binaryBody({ inputs: [input(file.length - 1)] }, file),
      binaryBody({ inputs: [input('9')] }, file),
      binaryBody({ inputs: [input(-1)] }, file),
      binaryBody({ inputs: [input(0)] }),
      binaryBody({ inputs: [input(file.length * 2)] }, file, file),
      binaryBody({ inputs: [{ ...line.input, parameters: { binary_data_size: file.length } }] }, file),
      binaryBody({ inputs: [input(line.picture.length)] }, line.picture)
    ]
    for (const { body, headers } of wrong)
      expect((await errorOf(await line.test.post(`${path}/infer`, body, headers))).status).toBe(400)
    const { body } = binaryBody({ inputs: [input(file.length)] }, file)
    for (const length of ['0', '-1', 'x', '1e3', String(body.length + 1), '10']) {
      const response = await line.test.post(`${path}/infer`, body, { 'inference-header-content-length': length })
      expect((await errorOf(response)).status).toBe(400)
    }
  })

  it('404 for an inference, a version, a path that is not there; 405 for another method', async () => {
    const unknown = ['/v2/models/nobody', '/v2/models/nobody/ready', `${path}/versions/9`, '/v2/nowhere', '/v2/models']
    for (const each of unknown) expect((await errorOf(await fetch(line.test.host.url + each))).status).toBe(404)
    expect((await refusal({ inputs: [line.input] }, '/v2/models/nobody/infer')).status).toBe(404)
    expect((await refusal({ inputs: [line.input] }, `${path}/versions/9/infer`)).status).toBe(404)
    expect((await errorOf(await fetch(`${line.test.host.url}${path}/infer`))).status).toBe(405)
  })

  it('409 for a stopped one, 413, 415 and 422 as predict', async () => {
    const stopped = await line.test.detector()
    const raw = { name: 'images', datatype: 'FP32', shape: [1], data: [1] }
    for (const input of [line.input, raw]) {
      expect((await refusal({ inputs: [input] }, `/v2/models/${stopped.slug}/infer`)).status).toBe(409)
    }
    const large = Buffer.alloc(bodyLimitBytes + 1, line.picture)
    expect((await refusal({ inputs: [image(large.toString('base64'))] })).status).toBe(413)
    expect((await refusal({ inputs: [image('A'.repeat(2 * bodyLimitBytes))] })).status).toBe(413)
    expect((await refusal({ inputs: [image(Buffer.from('<svg xmlns="x"/>').toString('base64'))] })).status).toBe(415)
    expect((await refusal({ inputs: [image(line.picture.subarray(0, 300).toString('base64'))] })).status).toBe(422)
  })

  it('a compressed body is read up to the limit, and other codings are refused', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(40 * 1024 * 1024, ' ')))
    const post = (body: Uint8Array<ArrayBuffer>, encoding: string) =>
      line.test.post(`${path}/infer`, body, { 'content-encoding': encoding })
    expect((await errorOf(await post(bomb, 'gzip'))).status).toBe(413)
    expect((await errorOf(await post(bomb, 'deflate'))).status).toBe(400)
    expect((await errorOf(await post(bomb, 'br'))).status).toBe(415)
  })

  it('504 past the deadline, in µs as `timeout` or in ms', async () => {
    for (const parameters of [{ timeout: 1 }, { deadlineMs: 1 }]) {
      expect((await refusal({ inputs: [line.input], parameters })).status).toBe(504)
    }
  })

  it('429 with Retry-After where too many wait', async () => {
    const narrow = await line.test.running('Narrow v2', { general: { queue: 1 } })
    const posts = Array.from({ length: 12 }, () =>
      line.infer({ inputs: [line.input] }, `/v2/models/${narrow.slug}/infer`)
    )
    const full = (await Promise.all(posts)).filter(({ status }) => status === 429)
    expect(full.length).toBeGreaterThan(0)
    for (const response of full) {
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
      await errorOf(response)
    }
  })

  it('the guards’ too', async () => {
    const foreign = await fetch(`${line.test.host.url}/v2`, { headers: { origin: 'http://evil.example' } })
    expect((await errorOf(foreign)).status).toBe(403)
  })
})
