import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { predictAnswer, routes } from '../../main/contract/index.ts'
import { sampleFolder } from '../helpers/testHost.ts'
import { answerTo, binaryBody, errorOf, path, rounded, slug, V2Line } from '../helpers/v2Line.ts'

let line: V2Line

beforeAll(async () => {
  line = await V2Line.start()
})
afterAll(() => line.test.remove())

describe('what the protocol asks of a server', () => {
  it('server metadata', async () => {
    const server = await (await fetch(`${line.test.host.url}/v2`)).json()
    const wanted = z.strictObject({ name: z.string(), version: z.string(), extensions: z.array(z.string()) })
    expect(wanted.parse(server).extensions).toEqual(['binary_tensor_data'])
  })

  it('live and ready', async () => {
    expect(await (await fetch(`${line.test.host.url}/v2/health/live`)).json()).toEqual({ live: true })
    expect(await (await fetch(`${line.test.host.url}/v2/health/ready`)).json()).toEqual({ live: true, ready: true })
  })

  it('a model’s metadata, with and without its version, and of its network', async () => {
    const tensor = z.strictObject({ name: z.string(), datatype: z.string(), shape: z.array(z.number().int().min(-1)) })
    const wanted = z.strictObject({
      ...{ name: z.literal(slug), versions: z.array(z.string()), platform: z.string() },
      ...{ inputs: z.array(tensor), outputs: z.array(tensor) }
    })
    const metadata = async (at: string) => wanted.parse(await (await fetch(line.test.host.url + at)).json())
    const model = await metadata(path)
    expect(model.versions).toEqual(['1.0', 'raw'])
    expect(model.inputs).toEqual([{ name: 'image', datatype: 'BYTES', shape: [1] }])
    expect(model.outputs.map(({ name }) => name)).toEqual([
      'predictions',
      'classes',
      'class_ids',
      'scores',
      'unknown',
      'boxes'
    ])
    expect(await metadata(`${path}/versions/1.0`)).toEqual(model)
    const raw = await metadata(`${path}/versions/raw`)
    expect(raw.inputs).toEqual([{ name: 'images', datatype: 'FP32', shape: [1, 3, 640, 640] }])
    expect(raw.outputs).toEqual([{ name: 'output0', datatype: 'FP32', shape: [1, 10, 6400] }])
  })

  it('a model’s readiness: 503 while it is not', async () => {
    const stopped = await line.test.detector()
    for (const version of ['', '/versions/1.0', '/versions/raw']) {
      const up = await fetch(`${line.test.host.url}${path}${version}/ready`)
      expect({ status: up.status, body: await up.json() }).toEqual({ status: 200, body: { name: slug, ready: true } })
      const down = await fetch(`${line.test.host.url}/v2/models/${stopped.slug}${version}/ready`)
      expect({ status: down.status, body: await down.json() }).toEqual({
        status: 503,
        body: { name: stopped.slug, ready: false }
      })
      expect(down.headers.get('retry-after')).toBe('1')
    }
    const unknown = await errorOf(await fetch(`${line.test.host.url}/v2/models/${stopped.slug}/versions/raw`))
    expect(unknown.status).toBe(503)
  })
})

describe('a picture', () => {
  it('gives what predict gives, as tensors in JSON', async () => {
    const { head, outputs, binary } = await answerTo(await line.infer({ id: 'line 7 / 42', inputs: [line.input] }))
    expect(head).toMatchObject({ model_name: slug, model_version: '1.0', id: 'line 7 / 42' })
    expect(binary).toEqual([])
    const answer = predictAnswer.parse(JSON.parse(String(outputs.get('predictions')?.[0])))
    expect(answer.predictions).toEqual(line.native.predictions)
    expect(answer.predictions.length).toBeGreaterThan(1)
    expect(outputs.get('classes')).toEqual(line.classes)
    expect(rounded(outputs.get('scores'))).toEqual(line.scores)
    expect(rounded(outputs.get('boxes'))).toEqual(line.boxes)
    expect(outputs.get('unknown')).toEqual(line.native.predictions.map(({ unknown }) => unknown))
    const names = ['open', 'short', 'mousebite', 'spur', 'copper', 'pin-hole']
    expect(outputs.get('class_ids')).toEqual(line.classes.map((name) => names.indexOf(name)))
    expect(head.outputs.find(({ name }) => name === 'boxes')?.shape).toEqual([line.native.predictions.length, 4])
  })

  it('is counted and recorded with the metadata of the request', async () => {
    const before = await line.test.client.call(routes.getInference, { params: { slug } })
    const parameters = { 'metadata.Board': 'B-1042', 'metadata.Location': 'floor 2', 'metadata.pass': 3 }
    const { head, outputs } = await answerTo(await line.infer({ inputs: [line.input], parameters }))
    const sample = await line.test.client.call(routes.getSample, {
      params: { id: String(head.parameters?.['sample_id']) }
    })
    expect(sample.metadata).toMatchObject({ Board: 'B-1042', Location: 'floor 2', pass: '3' })
    const answer = predictAnswer.parse(JSON.parse(String(outputs.get('predictions')?.[0])))
    expect(head.parameters).toMatchObject({ request_id: answer.requestId, run_id: answer.runId })
    const after = await line.test.client.call(routes.getInference, { params: { slug } })
    expect(after.figures.requests).toBe(before.figures.requests + 1)
    expect(after.figures.recorded).toBe(before.figures.recorded + 1)
  })

  it('takes metadata of the header too, the parameters’ before them', async () => {
    const body = JSON.stringify({ inputs: [line.input], parameters: { 'metadata.b': 'parameter' } })
    const header = Buffer.from('{"a":"Fläche","b":"header"}').toString('latin1')
    const { outputs } = await answerTo(await line.test.post(`${path}/infer`, body, { 'lineside-metadata': header }))
    const { metadata } = predictAnswer.parse(JSON.parse(String(outputs.get('predictions')?.[0])))
    expect(metadata).toMatchObject({ a: 'Fläche', b: 'parameter', Location: 'floor 1' })
  })

  it('may be [[…]] or flat for the shape [1, 1], and its outputs are chosen one by one', async () => {
    const data = line.picture.toString('base64')
    for (const each of [[data], [[data]]]) {
      const input = { name: 'image', datatype: 'BYTES', shape: [1, 1], data: each }
      const wanted = [{ name: 'scores', parameters: { binary_data: true } }, { name: 'classes' }]
      const { outputs, binary } = await answerTo(await line.infer({ inputs: [input], outputs: wanted }))
      expect([...outputs.keys()]).toEqual(['scores', 'classes'])
      expect(binary).toEqual(['scores'])
      expect(outputs.get('scores')).toEqual(line.scores)
    }
  })

  it('has masks and areas of a segmenter, in the form that is asked for', async () => {
    const { items } = await line.test.client.call(routes.listInferences, { query: {} })
    const plates = items.find(({ slug: each }) => each.startsWith('plate-defects'))
    if (!plates) throw new Error('the sample project of plates is missing')
    await line.test.client.call(routes.startInference, { params: { slug: plates.slug } })
    await line.test.untilStatus(plates.slug, 'healthy')
    const plate = await readFile(join(sampleFolder, 'plate-defects', 'pictures', 'plate-01.jpg'))
    const input = { name: 'image', datatype: 'BYTES', shape: [1], data: [plate.toString('base64')] }
    const parameters = { masks: 'rle', binary_data_output: true }
    const { outputs } = await answerTo(
      await line.infer({ inputs: [input], parameters }, `/v2/models/${plates.slug}/infer`)
    )
    const { predictions } = predictAnswer.parse(JSON.parse(String(outputs.get('predictions')?.[0])))
    expect(predictions.length).toBeGreaterThan(0)
    expect(outputs.get('areas')).toEqual(predictions.map(({ mask }) => mask?.areaPx))
    for (const { mask } of predictions) expect(Object.keys(mask ?? {}).sort()).toEqual(['areaPx', 'rle'])
    const without = { inputs: [input], parameters: { masks: 'none' } }
    const bare = (await answerTo(await line.infer(without, `/v2/models/${plates.slug}/infer`))).outputs
    expect(bare.get('areas')).toEqual(outputs.get('areas'))
    const told = predictAnswer.parse(JSON.parse(String(bare.get('predictions')?.[0]))).predictions
    expect(told.map(({ mask }) => mask)).toEqual(predictions.map(() => undefined))
    await line.test.client.call(routes.stopInference, { params: { slug: plates.slug } })
  })
})

describe('the network’s own tensors', () => {
  /** What ONNX Runtime itself makes of the same numbers. */
  async function reference(data: Float32Array): Promise<number[]> {
    const session = await ort.InferenceSession.create(join(sampleFolder, 'bare-boards', 'bare-boards.onnx'))
    const { output0 } = await session.run({ images: new ort.Tensor('float32', data, [1, 3, 640, 640]) })
    await session.release()
    if (!(output0?.data instanceof Float32Array)) throw new Error('the model has another output')
    return Array.from(output0.data)
  }

  function close(given: unknown[] | undefined, wanted: number[]): void {
    expect(given?.length).toBe(wanted.length)
    const worst = wanted.reduce((most, value, at) => Math.max(most, Math.abs(value - Number(given?.[at]))), 0)
    expect(worst).toBeLessThan(1e-2)
  }

  it('go in and out as binary data', async () => {
    const data = Float32Array.from({ length: 3 * 640 * 640 }, (_, at) => ((at * 37) % 256) / 255)
    const input = {
      name: 'images',
      datatype: 'FP32',
      shape: [1, 3, 640, 640],
      parameters: { binary_data_size: data.byteLength }
    }
    const request = { id: 'r', inputs: [input], parameters: { binary_data_output: true } }
    const { body, headers } = binaryBody(request, new Uint8Array(data.buffer))
    const before = await line.test.client.call(routes.getInference, { params: { slug } })
    const { head, outputs } = await answerTo(await line.test.post(`${path}/infer`, body, headers))
    expect(head).toMatchObject({ id: 'r', model_version: 'raw' })
    close(outputs.get('output0'), await reference(data))
    const after = await line.test.client.call(routes.getInference, { params: { slug } })
    expect(after.figures.requests).toBe(before.figures.requests + 1)
  })

  it('go in and out as JSON, nested', async () => {
    const row = Array.from({ length: 640 }, (_, at) => (at % 2) / 2)
    const data = [Array.from({ length: 3 }, () => Array.from({ length: 640 }, () => row))]
    const input = { name: 'images', datatype: 'FP32', shape: [1, 3, 640, 640], data }
    const { outputs } = await answerTo(await line.infer({ inputs: [input] }, `${path}/versions/raw/infer`))
    close(outputs.get('output0'), await reference(Float32Array.from(data.flat(3))))
  })

  it('are refused where they are not what the network takes', async () => {
    const input = { name: 'images', datatype: 'FP32', shape: [1, 2], data: [1, 2] }
    const bytes = { name: 'image', datatype: 'BYTES', shape: [1], data: ['AAAA'] }
    const refused: [unknown, RegExp][] = [
      [{ inputs: [input] }, /\[1, 2\].*\[1, 3, 640, 640\]/],
      [{ inputs: [{ ...input, name: 'pixels' }] }, /pixels.*images/],
      [{ inputs: [{ ...input, datatype: 'UINT8' }] }, /uint8.*float32/],
      [{ inputs: [{ ...input, datatype: 'FP16' }] }, /binary/],
      [{ inputs: [bytes] }, /no input “image”/]
    ]
    for (const [request, words] of refused) {
      const { status, error } = await errorOf(await line.infer(request, `${path}/versions/raw/infer`))
      expect({ status, error }).toEqual({ status: 400, error: expect.stringMatching(words) })
    }
  })
})
