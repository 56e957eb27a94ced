import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelSpec, Parameters, Prediction } from '../../main/contract/index.ts'
import { tinyModel } from '../unit/engine/models.ts'
import { EngineProcess, loadOf, tinySpec } from './engineProcess.ts'

/** Logits of three queries and three scores: -9, 3, -2; 1, -9, 2; and nothing. See test/fixtures/models/make_models.py. */

let engine: EngineProcess
let picture: Buffer
beforeAll(async () => {
  engine = new EngineProcess()
  picture = await sharp({ create: { width: 40, height: 20, channels: 3, background: 'white' } })
    .png()
    .toBuffer()
})
afterAll(() => engine.kill())

async function answer(name: string, spec: ModelSpec, parameters: Parameters = {}): Promise<Prediction[]> {
  const loaded = await engine.load(loadOf(tinyModel(name), spec, parameters))
  if (loaded.kind === 'load-failed') throw new Error(loaded.message)
  const reply = await engine.predict(picture)
  if (reply.kind !== 'result') throw new Error(reply.detail)
  return reply.predictions
}

const spec = tinySpec('rf-detr', ['a', 'b', 'c'])
const segments: ModelSpec = { ...spec, task: 'instance-segmentation' }
const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit))
const sums = (predictions: Prediction[]) => predictions.map((one) => [one.class, one.confidence.toFixed(4)])

describe('RF-DETR', () => {
  it('takes each class of each query for itself, the best first, in px of the original', async () => {
    const seen = await answer('detr', spec)
    expect(sums(seen)).toEqual([
      ['b', sigmoid(3).toFixed(4)],
      ['c', sigmoid(2).toFixed(4)],
      ['a', sigmoid(1).toFixed(4)]
    ])
    expect(seen.map(({ box }) => box)).toEqual([
      { x: 0, y: 5, width: 40, height: 10 },
      { x: 0, y: 10, width: 20, height: 10 },
      { x: 0, y: 10, width: 20, height: 10 }
    ])
    expect(await answer('detr', spec, { confidence: 0.1, maxDetections: 2 })).toHaveLength(2)
    // Four are above it: no more than there are queries, as the reference's num_select.
    expect(await answer('detr', spec, { confidence: 0.1 })).toHaveLength(3)
  })

  it('asks which score is the first class’s where there is one more than classes', async () => {
    const two = ['a', 'b']
    await expect(answer('detr', tinySpec('rf-detr', two))).rejects.toThrow('3 scores for each box, and 2 classes')
    const first = await answer('detr', tinySpec('rf-detr', two, {}, { firstClass: 'first score' }))
    expect(sums(first).map(([name]) => name)).toEqual(['b', 'a'])
    const second = await answer('detr', tinySpec('rf-detr', two, {}, { firstClass: 'second score' }))
    expect(sums(second).map(([name]) => name)).toEqual(['a', 'b'])
    await expect(answer('detr', tinySpec('rf-detr', ['a']))).rejects.toThrow('3 scores')
  })

  it('gives masks over the whole picture, not cut to the boxes', async () => {
    const [left, corner] = await answer('detr-masks', segments)
    expect(left?.mask).toEqual({ areaPx: 20 * 20, polygons: [{ outer: [0, 0, 20, 0, 20, 20, 0, 20], holes: [] }] })
    // Above zero where both x and y are past the middle; bilinear cells round its inner corner off.
    expect(corner?.mask?.areaPx).toBeGreaterThan(190)
    expect(corner?.mask?.areaPx).toBeLessThanOrEqual(200)
  })

  it('gives boxes alone where detection is the task, and refuses masks that are not there', async () => {
    expect((await answer('detr-masks', spec))[0]).not.toHaveProperty('mask')
    await expect(answer('detr', segments)).rejects.toThrow('dets [1, 3, 4] and labels [1, 3, 3]')
  })

  it.each([
    ['detr', 'detection'],
    ['detr-masks', 'instance-segmentation']
  ])('is recognised from %s by its names, its classes are asked for', async (name, task) => {
    const seen = await engine.inspect(tinyModel(name))
    expect(seen).toMatchObject({
      proposal: { spec: { task, family: 'rf-detr', input: { resize: 'stretch' } }, sources: { classes: 'missing' } }
    })
  })
})
