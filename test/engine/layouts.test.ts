import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelSpec, Parameters } from '../../main/contract/index.ts'
import { tinyModel } from '../unit/engine/models.ts'
import { EngineProcess, loadOf, tinySpec } from './engineProcess.ts'

/** A picture of one colour, 8 × 8 px unless told otherwise. */
function plain(r: number, g: number, b: number, width = 8, height = 8): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer()
}

/** One process for all, since each load replaces the model before. */
let engine: EngineProcess
beforeAll(() => {
  engine = new EngineProcess()
})
afterAll(() => engine.kill())

/** What a tiny model answers to a picture. */
async function answer(name: string, spec: ModelSpec, picture: Uint8Array, parameters: Parameters = {}) {
  const loaded = await engine.load(loadOf(tinyModel(name), spec, parameters))
  if (loaded.kind === 'load-failed') throw new Error(loaded.message)
  const reply = await engine.predict(picture)
  if (reply.kind !== 'result') throw new Error(reply.detail)
  return reply.predictions
}

const colours = ['red', 'green', 'blue']
const confidences = (predictions: { class: string; confidence: number }[]) =>
  Object.fromEntries(predictions.map((one) => [one.class, one.confidence]))

/** Mean of each channel of the picture below, 0 to 1, and the softmax of ten times it. */
const means = [204, 51, 0].map((value) => value / 255)
const powers = means.map((mean) => Math.exp(10 * mean))
const softmax = powers.map((power) => power / powers.reduce((sum, one) => sum + one, 0))

describe('classifiers', () => {
  it.each([
    ['logits', {}],
    ['logits', { activation: 'softmax' }],
    ['logits-dynamic', {}],
    ['logits-old', {}],
    ['softmax-1x1', {}],
    ['softmax-1x1', { activation: 'none' }],
    ['two-outputs', {}]
  ])('reads %s with %j as probabilities', async (name, options) => {
    const spec = tinySpec('classifier', colours, {}, options)
    const seen = await answer(name, spec, await plain(204, 51, 0), { topK: 3 })
    expect(seen.map((one) => one.class)).toEqual(colours)
    seen.forEach((one, at) => expect(one.confidence).toBeCloseTo(softmax[at]!, 5))
  })

  it('applies sigmoid where told, and takes probabilities of many labels as they are', async () => {
    const picture = await plain(204, 51, 0)
    const logits = await answer('logits', tinySpec('classifier', colours, {}, { activation: 'sigmoid' }), picture, {
      topK: 3
    })
    expect(confidences(logits)['green']).toBeCloseTo(1 / (1 + Math.exp(-2)), 5)
    const given = await answer('sigmoid', tinySpec('classifier', colours, {}, { activation: 'none' }), picture, {
      topK: 3
    })
    expect(confidences(given)['red']).toBeCloseTo(1 / (1 + Math.exp(-0.8)), 5)
  })

  it('answers as many classes as asked, no boxes', async () => {
    const seen = await answer('logits', tinySpec('classifier', colours), await plain(0, 0, 255))
    expect(seen).toEqual([{ class: 'blue', confidence: expect.any(Number), unknown: false }])
  })

  it('reads float16, in the spec’s order of channels', async () => {
    const spec = tinySpec('classifier', colours, { channels: 'bgr' }, { activation: 'none' })
    const seen = confidences(await answer('half', spec, await plain(204, 51, 0), { topK: 3 }))
    expect(seen['blue']).toBeCloseTo(0.8, 3)
    expect(seen['green']).toBeCloseTo(0.2, 3)
  })

  it('reads channels that come last', async () => {
    const spec = tinySpec('classifier', colours, {}, { activation: 'none' })
    const seen = confidences(await answer('channels-last', spec, await plain(204, 51, 0), { topK: 3 }))
    expect(seen['red']).toBeCloseTo(0.8, 5)
    expect(seen['green']).toBeCloseTo(0.2, 5)
  })

  it('refuses a picture of another size where none is to be resized', async () => {
    const spec = tinySpec('classifier', colours, { resize: 'none' })
    expect(await answer('logits', spec, await plain(204, 51, 0))).toHaveLength(1)
    await expect(answer('logits', spec, await plain(204, 51, 0, 9))).rejects.toThrow('9 × 8 px')
  })

  it('reads bytes', async () => {
    const spec = tinySpec('classifier', colours, { scale: 1 })
    expect((await answer('byte', spec, await plain(10, 20, 10)))[0]).toMatchObject({ class: 'green' })
  })

  it('reads one channel', async () => {
    const spec = tinySpec('classifier', ['dark', 'bright'], { channels: 'gray', scale: 1, mean: [128], std: [32] })
    expect((await answer('grey', spec, await plain(60, 60, 60)))[0]).toMatchObject({ class: 'dark' })
    expect((await answer('grey', spec, await plain(200, 200, 200)))[0]).toMatchObject({ class: 'bright' })
  })

  it('refuses to answer where the network gives NaN', async () => {
    const spec = tinySpec('classifier', colours)
    await expect(answer('nan', spec, await plain(1, 2, 3))).rejects.toThrow('NaN')
  })

  it('marks as unknown what lies below its class threshold', async () => {
    const load = loadOf(tinyModel('logits'), tinySpec('classifier', colours), { topK: 2 })
    await engine.load({ ...load, classThresholds: { red: 0.9999, green: 0 } })
    expect(await engine.predict(await plain(204, 51, 0))).toMatchObject({
      predictions: [
        { class: 'red', unknown: true },
        { class: 'green', unknown: false }
      ]
    })
  })
})

describe('detectors', () => {
  const names = ["driver's", 'say "hi"', 'both \'"']
  const spec = tinySpec('yolo-detect', names, { resize: 'letterbox' })

  it.each(['rows-end2end', 'rows-nms'])('reads %s: above the floor only, nothing suppressed', async (name) => {
    const seen = await answer(name, spec, await plain(204, 153, 51))
    // Class 0 and 1 are above 0.25; twice the size means twice the px.
    expect(seen).toMatchObject([
      { class: "driver's", box: { x: 1, y: 1, width: 3, height: 3 } },
      { class: 'say "hi"', box: { x: 2, y: 2, width: 4, height: 5 } }
    ])
    expect(seen[0]!.confidence).toBeCloseTo(0.8, 5)
  })

  it('answers no rows of zeros, even without a floor', async () => {
    expect(await answer('rows-nms', spec, await plain(204, 153, 51), { confidence: 0 })).toHaveLength(3)
  })

  it('takes boxes back to the picture: letterboxed, scaled, clipped', async () => {
    // 32 × 16 px in 8 × 8: scale 1/4, 2 px of border above. Row 1: x 2 to 6, y 2 to 7 of the input.
    const seen = await answer('rows-end2end', spec, await plain(0, 255, 0, 32, 16), { confidence: 0.9 })
    expect(seen).toEqual([])
    const wide = await answer('rows-end2end', spec, await plain(0, 255, 0, 32, 16), { confidence: 0.3 })
    expect(wide.find((one) => one.class === 'say "hi"')?.box).toEqual({ x: 8, y: 0, width: 16, height: 16 })
  })

  it('reads columns: the best class of each, overlaps suppressed by class', async () => {
    const seen = await answer('columns', spec, await plain(255, 255, 255))
    // Anchor 1 (1.0 of red) beats anchor 0 (0.9); 2 is of another class, 3 apart.
    expect(seen.map((one) => [one.class, Math.round(one.confidence * 100)])).toEqual([
      ["driver's", 100],
      ['say "hi"', 80],
      ['both \'"', 70]
    ])
    expect(seen[0]!.box).toEqual({ x: 0, y: 0, width: 4, height: 5 })
    expect(seen[2]!.box).toEqual({ x: 5, y: 5, width: 2, height: 2 })
  })

  it('suppresses by the parameters', async () => {
    const white = await plain(255, 255, 255)
    expect(await answer('columns', spec, white, { iou: 0.9 })).toHaveLength(4)
    expect(await answer('columns', spec, white, { classAgnostic: true })).toHaveLength(2)
    expect(await answer('columns', spec, white, { maxDetections: 1 })).toHaveLength(1)
    expect(await answer('columns', spec, white, { confidence: 0.75 })).toHaveLength(2)
  })

  it('refuses a layout that it does not know, and names it', async () => {
    await expect(answer('unknown-layout', spec, await plain(0, 0, 0))).rejects.toThrow('[1, 85, 8, 8]')
  })
})

describe('inspection', () => {
  it('tells what the file says, and asks where the layout is not known', async () => {
    const known = await engine.inspect(tinyModel('columns'), 'line.onnx')
    expect(known).toMatchObject({ proposal: { spec: { name: 'line', family: 'yolo-detect', task: 'detection' } } })
    const open = await engine.inspect(tinyModel('unknown-layout'))
    if (open.kind !== 'inspected') throw new Error(open.message)
    expect(open.proposal.spec).not.toHaveProperty('family')
    expect(open.proposal.sources).toMatchObject({ family: 'missing' })
    expect(open.outputs).toMatchObject([{ shape: [1, 85, 8, 8] }])
  })

  it.each(['channels-last', 'byte', 'two-inputs', 'nan'])('answers for %s in the protocol’s terms', async (name) => {
    expect((await engine.inspect(tinyModel(name))).kind).toBe('inspected')
  })
})
