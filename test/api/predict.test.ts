import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { predictAnswer, routes, type PredictAnswer } from '../../main/contract/index.ts'
import { greyPng } from '../helpers/png.ts'
import { problemOf, samplePictures, TestHost } from '../helpers/testHost.ts'

const bodyLimitBytes = 2 * 1024 * 1024
const slug = 'api-test'
const path = `/v1/inferences/${slug}/predict`

let test: TestHost
let picture: Buffer<ArrayBuffer>

beforeAll(async () => {
  test = await TestHost.start({ bodyLimitBytes })
  const [first = ''] = await samplePictures()
  picture = Buffer.from(await readFile(first))
  await test.running('API test', { metadata: { Location: 'floor 1', shift: 'early' } })
})
afterAll(() => test.remove())

async function answerOf(response: Response): Promise<PredictAnswer> {
  if (!response.ok) throw new Error(await response.text())
  return predictAnswer.parse(await response.json())
}

function form(parts: [string, string | Blob][]): FormData {
  const made = new FormData()
  for (const [name, value] of parts) made.append(name, value)
  return made
}

function json(value: unknown): Promise<Response> {
  return test.post(path, JSON.stringify(value), { 'content-type': 'application/json' })
}

async function refusal(body: BodyInit | null, headers: Record<string, string> = {}, to = path): Promise<string> {
  return (await problemOf(await test.post(to, body, headers))).code
}

describe('predict answers', () => {
  it('a raw body of any image type, of octets, and without a type', async () => {
    const types = [
      { 'content-type': 'image/png' },
      { 'content-type': 'image/x-any' },
      { 'content-type': 'application/octet-stream' },
      {}
    ]
    const answers = await Promise.all(types.map(async (headers) => answerOf(await test.post(path, picture, headers))))
    const [first] = answers
    expect(first?.predictions.length).toBeGreaterThan(0)
    for (const { predictions, image } of answers)
      expect({ predictions, image }).toEqual({ predictions: first?.predictions, image: first?.image })
  })

  it('the same for a form, its parts in any order, and for base64 in JSON, with or without a data: prefix', async () => {
    const { predictions } = await answerOf(await test.post(path, picture))
    const blob = new Blob([picture])
    const metadata = '{"Part":"A7"}'
    const base64 = picture.toString('base64')
    const responses = await Promise.all([
      test.post(
        path,
        form([
          ['image', blob],
          ['metadata', metadata]
        ])
      ),
      test.post(
        path,
        form([
          ['metadata', metadata],
          ['image', blob]
        ])
      ),
      test.post(
        path,
        form([
          ['metadata', new Blob([metadata], { type: 'application/json' })],
          ['image', blob]
        ])
      ),
      json({ image: base64, metadata: { Part: 'A7' } }),
      json({ image: `data:image/png;base64,${base64}`, metadata: { Part: 'A7' } })
    ])
    for (const response of responses) {
      const answer = await answerOf(response)
      expect(answer.predictions).toEqual(predictions)
      expect(answer.metadata).toMatchObject({ Part: 'A7' })
    }
  })

  it('every accepted format alike', async () => {
    const image = sharp(picture)
    const { width, height } = await image.metadata()
    const files = await Promise.all([
      image.clone().jpeg({ quality: 95 }).toBuffer(),
      image.clone().webp({ lossless: true }).toBuffer(),
      image.clone().tiff().toBuffer(),
      image.clone().gif().toBuffer()
    ])
    for (const file of files)
      expect((await answerOf(await test.post(path, new Uint8Array(file)))).image).toEqual({ width, height })
  })

  it('a body whose length was not told before', async () => {
    const { hostname, port } = new URL(test.host.url)
    const socket = connect({ host: hostname, port: Number(port) })
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n`
    )
    for (let at = 0; at < picture.length; at += 5000) {
      const part = picture.subarray(at, at + 5000)
      socket.write(`${part.length.toString(16)}\r\n`)
      socket.write(part)
      socket.write('\r\n')
    }
    socket.write('0\r\n\r\n')
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('with the setup’s metadata overridden key by key, its own four keys, and the header read as UTF-8', async () => {
    const header = Buffer.from(JSON.stringify({ Location: 'Fläche 2 – 検査', part: 7 })).toString('latin1')
    const { metadata, runId, model } = await answerOf(await test.post(path, picture, { 'lineside-metadata': header }))
    const { timestamp, ...others } = metadata
    expect(others).toEqual({
      Location: 'Fläche 2 – 検査',
      shift: 'early',
      part: '7',
      inference: 'API test',
      run: runId,
      model: model.name
    })
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/)
  })

  it('a person’s try with the session, uncounted', async () => {
    const before = await test.client.call(routes.getInference, { params: { slug } })
    const tried = await test.fetch(`${path}?try=true`, { method: 'POST', body: picture })
    expect(await answerOf(tried)).toMatchObject({ sample: null })
    expect(await refusal(picture, {}, `${path}?try=true`)).toBe('UNAUTHENTICATED')
    const after = await test.client.call(routes.getInference, { params: { slug } })
    expect(after.figures.requests).toBe(before.figures.requests)
  })
})

describe('predict refuses', () => {
  it('what is not an image', async () => {
    expect(await refusal(new TextEncoder().encode('no image, only words'), { 'content-type': 'image/jpeg' })).toBe(
      'IMAGE_UNREADABLE'
    )
  })

  it('an SVG named as a PNG, and a PDF', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    expect(await refusal(new TextEncoder().encode(svg), { 'content-type': 'image/png' })).toBe('UNSUPPORTED_MEDIA_TYPE')
    const file = new File([svg], 'board.png', { type: 'image/png' })
    expect(await refusal(form([['image', file]]))).toBe('UNSUPPORTED_MEDIA_TYPE')
    expect(await refusal(new TextEncoder().encode('%PDF-1.7 …'), { 'content-type': 'image/png' })).toBe(
      'UNSUPPORTED_MEDIA_TYPE'
    )
  })

  it('a truncated image', async () => {
    const jpeg = await sharp(picture).jpeg().toBuffer()
    expect(await refusal(picture.subarray(0, 300))).toBe('IMAGE_UNREADABLE')
    expect(await refusal(new Uint8Array(jpeg.subarray(0, jpeg.length / 2)))).toBe('IMAGE_UNREADABLE')
  })

  it('30 000 × 30 000 px before they are decoded', async () => {
    const bomb = greyPng(30_000, 30_000, 1)
    expect(bomb.length).toBeLessThan(1000)
    const response = await test.post(path, new Uint8Array(bomb))
    expect(response.status).toBe(413)
    expect((await problemOf(response)).code).toBe('IMAGE_TOO_LARGE')
  })

  it('an empty body, however it is empty', async () => {
    expect(await refusal(null)).toBe('INVALID_REQUEST')
    expect(await refusal(new Uint8Array(0), { 'content-type': 'image/png' })).toBe('INVALID_REQUEST')
    expect(await refusal(form([['image', new Blob([])]]))).toBe('INVALID_REQUEST')
    expect(await refusal('', { 'content-type': 'application/json' })).toBe('INVALID_REQUEST')
  })

  it('a wrong content type, with a word on the right ones', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/pdf']) {
      const given = await problemOf(await test.post(path, picture, { 'content-type': type }))
      expect(given).toMatchObject({
        code: 'UNSUPPORTED_MEDIA_TYPE',
        detail: expect.stringContaining('multipart/form-data')
      })
    }
  })

  it('a body over the limit, in each of its kinds', async () => {
    const large = new Uint8Array(bodyLimitBytes + 1)
    large.set(picture.subarray(0, 64))
    const responses = [
      await test.post(path, large, { 'content-type': 'image/png' }),
      await test.post(path, form([['image', new Blob([large])]])),
      await json({ image: Buffer.from(large).toString('base64') }),
      await json({ image: 'A'.repeat(2 * bodyLimitBytes) })
    ]
    for (const response of responses) {
      expect(response.status).toBe(413)
      expect((await problemOf(response)).code).toBe('IMAGE_TOO_LARGE')
    }
  })

  it('broken metadata, naming them', async () => {
    const headers = { 'lineside-metadata': '{"a":' }
    const responses = [
      await test.post(path, picture, headers),
      await test.post(path, picture, { 'lineside-metadata': '["a"]' }),
      await test.post(path, picture, { 'lineside-metadata': '{"a":"\xff"}' }),
      await test.post(path, picture, { 'lineside-metadata': '{"a":{"b":1}}' }),
      await test.post(
        path,
        form([
          ['image', new Blob([picture])],
          ['metadata', '{"a"']
        ])
      )
    ]
    for (const response of responses) {
      const given = await problemOf(response)
      expect(given.code).toBe('INVALID_REQUEST')
      expect(JSON.stringify(given.fields)).toMatch(/metadata|"a"|a\b/)
    }
    const reserved = await problemOf(await test.post(path, picture, { 'lineside-metadata': '{"timestamp":"1"}' }))
    expect(reserved).toMatchObject({ code: 'INVALID_REQUEST', fields: [{ path: 'timestamp' }] })
    expect(reserved.detail).toContain('filled in by Lineside')
  })

  it('broken base64, a form without its image, a part that no form has', async () => {
    expect((await problemOf(await json({ image: 'not base64!' }))).fields).toMatchObject([{ path: 'image' }])
    expect((await problemOf(await json({ picture: 'AAAA' }))).code).toBe('INVALID_REQUEST')
    expect(await refusal(form([['metadata', '{}']]))).toBe('INVALID_REQUEST')
    expect(
      await refusal(
        form([
          ['image', new Blob([picture])],
          ['metdata', '{}']
        ])
      )
    ).toBe('INVALID_REQUEST')
  })

  it('a form without boundary, one that ends early, one with more pictures than one', async () => {
    const form = (body: string, boundary: string) => refusal(body, { 'content-type': `multipart/form-data${boundary}` })
    const begun = '--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\nbytes'
    expect(await form(begun, '')).toBe('INVALID_REQUEST')
    expect(await form('nothing of a form', '; boundary=x')).toBe('INVALID_REQUEST')
    expect(await form(begun, '; boundary=x')).toBe('INVALID_REQUEST')
    expect(await form(`${begun}\r\n${begun}\r\n--x--\r\n`, '; boundary=x')).toBe('INVALID_REQUEST')
  })

  it('options that are out of range', async () => {
    for (const query of ['deadlineMs=0', 'deadlineMs=soon', 'masks=svg', 'try=yes']) {
      expect(await refusal(picture, {}, `${path}?${query}`)).toBe('INVALID_REQUEST')
    }
  })

  it('an unknown inference and a stopped one', async () => {
    expect(await refusal(picture, {}, '/v1/inferences/nobody/predict')).toBe('NOT_FOUND')
    const stopped = await test.detector()
    const given = await problemOf(await test.post(`/v1/inferences/${stopped.slug}/predict`, picture))
    expect(given).toMatchObject({ code: 'INFERENCE_NOT_RUNNING', inferenceStatus: 'stopped' })
  })

  it('a request that cannot be in time', async () => {
    expect(await refusal(picture, {}, `${path}?deadlineMs=1`)).toBe('DEADLINE_EXCEEDED')
  })

  it('more requests than may wait, and says when to come again', async () => {
    const narrow = await test.running('Narrow', { general: { queue: 1 } })
    const posts = Array.from({ length: 12 }, () => test.post(`/v1/inferences/${narrow.slug}/predict`, picture))
    const responses = await Promise.all(posts)
    const full = responses.filter(({ status }) => status === 429)
    expect(full.length).toBeGreaterThan(0)
    expect(responses.filter(({ status }) => status === 200).length + full.length).toBe(12)
    for (const response of full) {
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
      expect((await problemOf(response)).code).toBe('QUEUE_FULL')
    }
  })
})
