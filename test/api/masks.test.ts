import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { predictAnswer, routes, type PredictAnswer } from '../../main/contract/index.ts'
import { decodeRle } from '../../main/engine/geometry/rle.ts'
import { tinySpec } from '../engine/engineProcess.ts'
import { TestHost } from '../helpers/testHost.ts'
import { tinyModel } from '../unit/engine/models.ts'

/** A segmenter through the API: masks come as they are asked for, and samples keep polygons. */

const slug = 'segments'
const classes = ['scratch', 'dent']
let test: TestHost
let picture: Buffer<ArrayBuffer>

beforeAll(async () => {
  test = await TestHost.start()
  picture = Buffer.from(
    await sharp({ create: { width: 64, height: 48, channels: 3, background: 'white' } })
      .png()
      .toBuffer()
  )
  const body = { name: 'Parts', task: 'instance-segmentation' as const, classes }
  const project = await test.client.call(routes.createProject, { body })
  const form = new FormData()
  form.set('file', new Blob([await readFile(tinyModel('segment-columns'))]), 'parts.onnx')
  const spec = tinySpec('yolo-segment', classes, { width: 32, height: 32, resize: 'letterbox' })
  form.set('spec', JSON.stringify(spec))
  const model = await test.client.send(routes.createModel, { params: { id: project.id } }, form)
  const setup = { project: project.id, type: 'api' as const, name: 'Segments', model: model.id, slug }
  const sampling = { random: { probability: 1 } }
  await test.client.call(routes.createInference, { body: { ...setup, sampling } })
  await test.client.call(routes.startInference, { params: { slug } })
  await test.untilStatus(slug, 'healthy')
})
afterAll(() => test.remove())

async function predict(query: string): Promise<PredictAnswer> {
  const response = await test.post(`/v1/inferences/${slug}/predict${query}`, picture)
  if (!response.ok) throw new Error(await response.text())
  return predictAnswer.parse(await response.json())
}

describe('masks', () => {
  it('come as polygons, as RLE, or not at all', async () => {
    const [plain, polygon, rle, none] = await Promise.all(
      ['', '?masks=polygon', '?masks=rle', '?masks=none'].map(async (query) => (await predict(query)).predictions)
    )
    expect(plain?.length).toBeGreaterThan(2)
    expect(polygon).toEqual(plain)
    for (const [at, { mask, ...others }] of (plain ?? []).entries()) {
      expect(Object.keys(mask ?? {}).sort()).toEqual(['areaPx', 'polygons'])
      expect(none?.[at]).toEqual(others)
      const other = rle?.[at]?.mask
      expect(Object.keys(other ?? {}).sort()).toEqual(['areaPx', 'rle'])
      expect(other?.areaPx).toBe(mask?.areaPx)
      expect(other?.rle?.size).toEqual([48, 64])
      expect(decodeRle(other!.rle!).data.reduce((sum, value) => sum + value, 0)).toBe(mask?.areaPx)
    }
  })

  it('stay polygons in samples and in the latest predictions, whatever was asked for', async () => {
    const { predictions } = await predict('')
    for (const masks of ['polygon', 'rle', 'none']) {
      const { sample, requestId } = await predict(`?masks=${masks}`)
      if (!sample?.id) throw new Error('the request was not recorded')
      const kept = await test.client.call(routes.getSample, { params: { id: sample.id } })
      expect(kept.predictions).toEqual(predictions)
      const { items } = await test.client.call(routes.latest, { params: { slug } })
      expect(items.find((one) => one.requestId === requestId)?.predictions).toEqual(predictions)
    }
  })
})
