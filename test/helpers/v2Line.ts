import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { predictAnswer, type PredictAnswer } from '../../main/contract/index.ts'
import { detectorPictures, TestHost } from './testHost.ts'
import { readV2Answer, type V2Answer } from './v2Answer.ts'

/** The slug of test/fixtures/v2/record.py, whose requests are replayed. */
export const slug = 'v2-test'
export const path = `/v2/models/${slug}`
export const bodyLimitBytes = 8 * 1024 * 1024

/** A host whose detector runs under that slug, and what it predicts by its own API on one picture. */
export class V2Line {
  readonly test: TestHost
  readonly picture: Buffer
  readonly native: PredictAnswer

  private constructor(test: TestHost, picture: Buffer, native: PredictAnswer) {
    this.test = test
    this.picture = picture
    this.native = native
  }

  static async start(): Promise<V2Line> {
    const test = await TestHost.start({ bodyLimitBytes })
    const picture = await readFile(join(detectorPictures, 'board-03.png'))
    await test.running('V2 test', { metadata: { Location: 'floor 1' }, sampling: { random: { probability: 1 } } })
    const answer = await test.post(`/v1/inferences/${slug}/predict`, new Uint8Array(picture))
    return new V2Line(test, picture, predictAnswer.parse(await answer.json()))
  }

  infer(request: unknown, to = `${path}/infer`): Promise<Response> {
    return this.test.post(to, JSON.stringify(request), { 'content-type': 'application/json' })
  }

  /** The picture as an input in JSON. */
  get input() {
    return { name: 'image', datatype: 'BYTES', shape: [1], data: [this.picture.toString('base64')] }
  }

  get classes(): string[] {
    return this.native.predictions.map((one) => one.class)
  }

  get scores(): number[] {
    return this.native.predictions.map(({ confidence }) => Math.fround(confidence))
  }

  /** x, y, width and height of each, one after the other. */
  get boxes(): number[] {
    return this.native.predictions.flatMap(({ box }) =>
      [box?.x, box?.y, box?.width, box?.height].map((value) => Math.fround(value ?? NaN))
    )
  }
}

export async function answerTo(response: Response): Promise<V2Answer> {
  const body = Buffer.from(await response.arrayBuffer())
  if (!response.ok) throw new Error(body.toString())
  return readV2Answer(body, response.headers.get('inference-header-content-length'))
}

const refusal = z.strictObject({ error: z.string().min(1) })

/** The error of a refusal, which is a JSON object with this one field. */
export async function errorOf(response: Response): Promise<{ status: number; error: string }> {
  if (!response.headers.get('content-type')?.startsWith('application/json')) throw new Error(await response.text())
  return { status: response.status, ...refusal.parse(await response.json()) }
}

/** JSON with binary data after it. */
export function binaryBody(json: unknown, ...binary: Uint8Array[]) {
  const head = Buffer.from(JSON.stringify(json))
  return {
    body: new Uint8Array(Buffer.concat([head, ...binary])),
    headers: { 'inference-header-content-length': String(head.length), 'content-type': 'application/octet-stream' }
  }
}

/** As 32 bit floats, as which they are sent. */
export function rounded(values: unknown[] | undefined): number[] | undefined {
  return values?.map((value) => Math.fround(Number(value)))
}
