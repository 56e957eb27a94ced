import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { predictAnswer, type PredictAnswer } from '../../main/contract/index.ts'
import { problemOf, samplePictures, TestHost } from '../helpers/testHost.ts'

/** Request ids, deadlines and the options in the query; bodies and refusals stand in predict.test.ts. */

const path = '/v1/inferences/options/predict'

let test: TestHost
let picture: Buffer<ArrayBuffer>

beforeAll(async () => {
  test = await TestHost.start()
  const [first = ''] = await samplePictures()
  picture = Buffer.from(await readFile(first))
  await test.running('Options')
})
afterAll(() => test.remove())

async function answerOf(response: Response): Promise<PredictAnswer> {
  if (!response.ok) throw new Error(await response.text())
  return predictAnswer.parse(await response.json())
}

async function codeOf(body: BodyInit, headers: Record<string, string>, to: string): Promise<string> {
  return (await problemOf(await test.post(to, body, headers))).code
}

function formOf(image: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData()
  form.append('image', new Blob([image]))
  return form
}

describe('predict answers', () => {
  it('with the line’s own request id, in the header and in the body, or with one that is made', async () => {
    const given = await test.post(path, picture, { 'x-request-id': 'B-1042/7' })
    expect(given.headers.get('x-request-id')).toBe('B-1042/7')
    expect((await answerOf(given)).requestId).toBe('B-1042/7')
    const made = await test.post(path, picture)
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    expect((await answerOf(made)).requestId).toBe(made.headers.get('x-request-id'))
    const refused = await test.post(path, new Uint8Array(0), { 'x-request-id': 'B-1042/8' })
    expect(await problemOf(refused)).toMatchObject({ requestId: 'B-1042/8' })
  })

  it('with options in the query, whatever the body is', async () => {
    const query = '?masks=none&deadlineMs=30000'
    const text = JSON.stringify({ image: picture.toString('base64') })
    const responses = [
      await test.post(path + query, picture),
      await test.post(path + query, formOf(picture)),
      await test.post(path + query, text, { 'content-type': 'application/json' })
    ]
    for (const response of responses) expect((await answerOf(response)).predictions.length).toBeGreaterThan(0)
    expect(await codeOf(formOf(picture), {}, `${path}?deadlineMs=1`)).toBe('DEADLINE_EXCEEDED')
    expect(await codeOf(text, { 'content-type': 'application/json' }, `${path}?deadlineMs=1`)).toBe('DEADLINE_EXCEEDED')
  })

  it('within the setup’s deadline where the request names none', async () => {
    const hurried = await test.running('Hurried', { general: { deadlineMs: 10 } })
    const posts = Array.from({ length: 8 }, () => test.post(`/v1/inferences/${hurried.slug}/predict`, picture))
    const statuses = (await Promise.all(posts)).map(({ status }) => status)
    expect(statuses.filter((status) => status !== 200 && status !== 504)).toEqual([])
    expect(statuses).toContain(504)
    const patient = `/v1/inferences/${hurried.slug}/predict?deadlineMs=60000`
    const again = await Promise.all(Array.from({ length: 8 }, () => test.post(patient, picture)))
    expect(again.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
  })
})
