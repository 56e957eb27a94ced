import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { taskOfFamily, type ModelSpec, type Parameters } from '../../main/contract/index.ts'
import { tinyModel } from '../unit/engine/models.ts'
import { EngineProcess, loadOf, tinySpec } from './engineProcess.ts'

/** One process for all, since each load replaces the model before. */
let engine: EngineProcess
beforeAll(() => {
  engine = new EngineProcess()
})
afterAll(() => engine.kill())

const colours = ['red', 'green', 'blue']

function specOf(family: ModelSpec['family'], input: Partial<ModelSpec['input']> = {}, options = {}): ModelSpec {
  return { ...tinySpec(family, colours, input, options), task: taskOfFamily[family] }
}

async function answer(name: string, spec: ModelSpec, picture: Uint8Array, parameters: Parameters = {}) {
  const loaded = await engine.load(loadOf(tinyModel(name), spec, parameters))
  if (loaded.kind === 'load-failed') throw new Error(loaded.message)
  const reply = await engine.predict(picture)
  if (reply.kind !== 'result') throw new Error(reply.detail)
  return reply.predictions
}

/** Red at the left, green at the right, and a blue square of two px at the top right corner. */
function flag(): Promise<Buffer> {
  const data = Buffer.alloc(16 * 8 * 3)
  for (let at = 0; at < 128; at++) {
    const [x, y] = [at % 16, Math.floor(at / 16)]
    data[3 * at + (x >= 14 && y < 2 ? 2 : x < 8 ? 0 : 1)] = 255
  }
  return sharp(data, { raw: { width: 16, height: 8, channels: 3 } })
    .png()
    .toBuffer()
}

const plain = (r: number, g: number, b: number, width = 8, height = 8) =>
  sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer()

describe('semantic segmentation', () => {
  const left = { class: 'red', box: { x: 0, y: 0, width: 8, height: 8 }, mask: { areaPx: 64 } }
  const right = { class: 'green', box: { x: 8, y: 0, width: 8, height: 8 }, mask: { areaPx: 60 } }
  const corner = { class: 'blue', box: { x: 14, y: 0, width: 2, height: 2 }, mask: { areaPx: 4 } }

  it('reads a class map of whole numbers at the px of the original', async () => {
    const spec = specOf('pidnet', { interpolation: 'nearest' })
    const seen = await answer('semantic-map', spec, await flag())
    expect(seen).toMatchObject([left, right, corner])
    expect(seen.map((one) => one.confidence)).toEqual([1, 1, 1])
    expect(seen[0]!.mask!.polygons).toEqual([{ outer: expect.any(Array), holes: [] }])
    expect(await answer('semantic-map', spec, await flag(), { minAreaPx: 5 })).toHaveLength(2)
  })

  it('reads scores with channels last, but for the background', async () => {
    const spec = specOf('pidnet', { interpolation: 'nearest' }, { alignCorners: false, background: 'red' })
    const seen = await answer('semantic-last', spec, await flag())
    expect(seen.map((one) => one.class)).toEqual(['green', 'blue'])
  })

  it('reads scores of a smaller grid', async () => {
    const [seen] = await answer('semantic', specOf('pidnet'), await plain(0, 255, 0, 32, 16))
    expect(seen).toMatchObject({ class: 'green', box: { width: 32, height: 16 }, mask: { areaPx: 512 } })
    expect(seen!.confidence).toBeCloseTo(Math.E / (Math.E + 2), 5)
  })
})

describe('rotated boxes', () => {
  it('suppresses by overlap and answers angles within a quarter, in px of the original', async () => {
    const seen = await answer('obb', specOf('yolo-obb', { resize: 'letterbox' }), await plain(255, 255, 0, 16, 16))
    expect(seen.map((one) => [one.class, Math.round(one.confidence * 10)])).toEqual([
      ['red', 9],
      ['green', 7]
    ])
    expect(seen[0]).toMatchObject({
      box: { x: 4, y: 6, width: 8, height: 4 },
      rotatedBox: { cx: 8, cy: 8, width: 8, height: 4, angle: 0 }
    })
    expect(seen[1]!.rotatedBox).toMatchObject({ width: 4, height: 12 })
    expect(seen[1]!.rotatedBox!.angle).toBeCloseTo(0.5, 5)
  })
})

describe('RT-DETR', () => {
  it('gives the official export its second input, and suppresses nothing', async () => {
    const seen = await answer('rt-detr', specOf('rt-detr'), await plain(204, 102, 51, 80, 40))
    expect(seen).toMatchObject([
      { class: 'red', box: { x: 20, y: 10, width: 40, height: 20 } },
      { class: 'green', box: { x: 0, y: 0, width: 40, height: 40 } }
    ])
    expect(seen[0]!.confidence).toBeCloseTo(0.8, 5)
    expect(await answer('rt-detr', specOf('rt-detr'), await plain(204, 102, 51), { confidence: 0.1 })).toHaveLength(3)
  })

  it('reads Ultralytics’ rows, by the best class of each', async () => {
    const seen = await answer('rt-detr-rows', specOf('rt-detr'), await plain(102, 51, 204, 80, 40))
    expect(seen).toMatchObject([
      { class: 'blue', box: { x: 40, y: 0, width: 40, height: 20 } },
      { class: 'red', box: { x: 20, y: 10, width: 40, height: 20 } }
    ])
    expect(
      await answer('rt-detr-rows', specOf('rt-detr'), await plain(102, 51, 204), { maxDetections: 1 })
    ).toHaveLength(1)
  })

  it('takes boxes back through a letterbox', async () => {
    // 16 × 8 px in 8 × 8: scale 1/2, 2 px of border above; the first box is 2 to 6 both ways.
    const [seen] = await answer(
      'rt-detr',
      specOf('rt-detr', { resize: 'letterbox', pad: 0 }),
      await plain(255, 0, 0, 16, 8)
    )
    expect(seen?.box).toEqual({ x: 4, y: 0, width: 8, height: 8 })
  })

  it('is refused where the outputs are of another family, and no other family gets a second input', async () => {
    await expect(answer('columns-unnamed', specOf('rt-detr'), await plain(0, 0, 0))).rejects.toThrow('[1, 7, 4]')
    await expect(answer('rt-detr', specOf('yolo-detect'), await plain(0, 0, 0))).rejects.toThrow('2 inputs')
  })
})

describe('inspection', () => {
  it.each([
    ['semantic', 'pidnet'],
    ['semantic-map', 'pidnet'],
    ['obb', 'yolo-obb'],
    ['rt-detr', 'rt-detr'],
    ['rt-detr-rows', 'rt-detr'],
    ['semantic-last', undefined]
  ])('knows %s for %s', async (name, family) => {
    const seen = await engine.inspect(tinyModel(name))
    if (seen.kind !== 'inspected') throw new Error(seen.message)
    expect(seen.proposal.spec.family).toBe(family)
  })
})
