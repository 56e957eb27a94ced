import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelSpec } from '../../main/contract/index.ts'
import type { FromEngine } from '../../main/engine/protocol.ts'
import { tinyModel } from '../unit/engine/models.ts'
import { EngineProcess, loadOf, tinySpec } from './engineProcess.ts'

/** A picture of one colour, of whatever size. */
function plain([r, g, b]: [number, number, number], width = 8, height = 8): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer()
}

const colours = ['red', 'green', 'blue']
const classifier = tinySpec('classifier', colours)
/** So long that only a full batch, or the end of the wait, begins it. */
const longMs = 10_000

let engine: EngineProcess
beforeAll(() => {
  engine = new EngineProcess()
})
afterAll(() => engine.kill())

type Reply = Extract<FromEngine, { kind: 'result' | 'refused' | 'failed' }>

async function load(name: string, spec: ModelSpec, largest: number, waitMs = longMs) {
  return engine.load({ ...loadOf(tinyModel(name), spec), batch: { largest, waitMs } })
}

async function loaded(name: string, spec: ModelSpec, largest: number, waitMs = longMs) {
  const answer = await load(name, spec, largest, waitMs)
  if (answer.kind !== 'ready') throw new Error(answer.message)
}

function predictions(replies: Reply[]) {
  return replies.map((reply) => (reply.kind === 'result' ? reply.predictions : reply))
}

/** The time of the run that each was in: the same to the last bit where they ran together. */
function runs(replies: Reply[]): number {
  return new Set(replies.map((reply) => reply.kind === 'result' && reply.timing.inferMs)).size
}

/** Eight pictures of other colours and sizes. */
const pictures = Promise.all(
  Array.from({ length: 8 }, (_, at) => plain([220 - 25 * at, 30 * at, 255 - 7 * at], 8 + 5 * at, 30 - 3 * at))
)

describe('pictures that wait together', () => {
  it.each([
    ['batch-columns', tinySpec('yolo-detect', colours, { resize: 'letterbox' })],
    ['batch-semantic', tinySpec('pidnet', colours)],
    ['batch-rt-detr', tinySpec('rt-detr', colours)],
    ['batch-half', tinySpec('classifier', colours, {}, { activation: 'none' })],
    ['logits-dynamic', classifier]
  ])('run as one with %s, and get the answers that they get alone', async (name, spec) => {
    await loaded(name, spec, 1)
    const alone: Reply[] = []
    for (const picture of await pictures) alone.push(await engine.predict(picture))
    await loaded(name, spec, 8)
    const together = await Promise.all((await pictures).map((picture) => engine.predict(picture)))
    expect(runs(alone)).toBe(8)
    expect(runs(together)).toBe(1)
    expect(predictions(together)).toEqual(predictions(alone))
    expect(predictions(alone).every((found) => Array.isArray(found) && found.length > 0)).toBe(true)
  })

  it('answers each its own where they are too many for one batch', async () => {
    await loaded('logits-dynamic', classifier, 3, 1)
    const names = Array.from({ length: 20 }, (_, at) => (at * 7) % 3)
    const sent = names.map(async (index) =>
      engine.predict(await plain([index === 0 ? 255 : 0, index === 1 ? 255 : 0, index === 2 ? 255 : 0]))
    )
    const replies = await Promise.all(sent)
    expect(predictions(replies)).toMatchObject(names.map((index) => [{ class: colours[index] }]))
    expect(runs(replies)).toBeLessThan(20)
  })

  it('waits no longer than it may for a batch that does not fill', async () => {
    await loaded('logits-dynamic', classifier, 8, 300)
    const begun = performance.now()
    const replies = await Promise.all((await pictures).slice(0, 3).map((picture) => engine.predict(picture)))
    expect(runs(replies)).toBe(1)
    expect(performance.now() - begun).toBeGreaterThanOrEqual(299)
  })

  it('runs a picture at once where it need not wait', async () => {
    await loaded('logits-dynamic', classifier, 8, 0)
    const reply = await engine.predict(await plain([0, 0, 255]))
    expect(predictions([reply])).toMatchObject([[{ class: 'blue' }]])
  })

  it('is answered though the engine is told to stop', async () => {
    const other = new EngineProcess()
    await other.load({ ...loadOf(tinyModel('logits-dynamic'), classifier), batch: { largest: 8, waitMs: 50 } })
    const reply = other.predict(await plain([0, 255, 0]))
    expect(await other.stop()).toEqual({ code: 0, signal: null })
    expect(predictions([await reply])).toMatchObject([[{ class: 'green' }]])
  })
})

describe('a bad picture', () => {
  it('fails alone where it makes the run fail', async () => {
    await loaded('batch-poison', classifier, 4)
    const [red, green, blue] = await Promise.all([plain([255, 0, 0]), plain([0, 255, 0]), plain([0, 0, 255])])
    const replies = await Promise.all([green, red, blue, green].map((picture) => engine.predict(picture)))
    expect(predictions(replies)).toMatchObject([
      [{ class: 'green' }],
      { kind: 'failed' },
      [{ class: 'blue' }],
      [{ class: 'green' }]
    ])
    // The engine is well: the next batch runs as one.
    expect(runs(await Promise.all([green, blue, green, blue].map((picture) => engine.predict(picture))))).toBe(1)
  })

  it('that cannot be decoded, or is of a size that is not taken, leaves its place to others', async () => {
    await loaded('logits-dynamic', tinySpec('classifier', colours, { resize: 'none' }), 2)
    const [large, green, blue] = await Promise.all([plain([9, 9, 9], 9), plain([0, 255, 0]), plain([0, 0, 255])])
    const replies = await Promise.all(
      [large, Buffer.from('no picture'), green, blue].map((picture) => engine.predict(picture))
    )
    expect(replies.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'result', 'result'])
    expect(runs(replies.slice(2))).toBe(1)
  })
})

describe('a model that takes one picture at a time', () => {
  it.each([
    ['logits', 'its batch axis is fixed', classifier],
    // It declares a batch axis, yet reshapes to one picture.
    ['rt-detr', 'eshape', tinySpec('rt-detr', colours)]
  ])('is refused for good where more are asked: %s', async (name, words, spec) => {
    const answer = await load(name, spec, 4)
    expect(answer).toMatchObject({ kind: 'load-failed', code: 'MODEL_UNSUPPORTED', permanent: true })
    expect(answer.kind === 'load-failed' && answer.message).toContain(words)
    expect(answer.kind === 'load-failed' && answer.message).toContain('set the largest batch to 1')
  })

  it('is told of its file when it is loaded', async () => {
    expect(await load('logits', classifier, 1)).toMatchObject({ kind: 'ready', dynamicBatch: false })
    expect(await load('logits-dynamic', classifier, 1)).toMatchObject({ kind: 'ready', dynamicBatch: true })
  })
})
