import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { greyPng } from '../helpers/png.ts'
import { EngineProcess, loadOf } from './engineProcess.ts'
import { iou, readSample, type Sample } from './samples.ts'

async function started({ modelPath, spec }: Sample): Promise<EngineProcess> {
  const engine = new EngineProcess()
  const pixelLimit = 10_000_000
  expect(await engine.load({ ...loadOf(modelPath, spec), pixelLimit })).toMatchObject({
    kind: 'ready',
    provider: 'cpu'
  })
  return engine
}

describe('the sample detector', () => {
  const sample = readSample('bare-boards')
  let engine: EngineProcess
  beforeAll(async () => {
    engine = await started(sample)
  })
  afterAll(() => engine.kill())

  it('finds most of the drawn defects where they are, and little else', async () => {
    let drawn = 0
    let found = 0
    let answered = 0
    for (const [name, { defects }] of Object.entries(sample.truth)) {
      const reply = await engine.predict(sample.picture(name))
      const predictions = reply.kind === 'result' ? reply.predictions : []
      drawn += defects.length
      answered += predictions.length
      found += defects.filter((defect) =>
        predictions.some((one) => one.class === defect.class && one.box && iou(one.box, defect.box) > 0.4)
      ).length
    }
    expect(drawn).toBeGreaterThan(20)
    expect(found / drawn).toBeGreaterThanOrEqual(0.7)
    expect(answered).toBeLessThan(2 * drawn)
  })

  it('answers geometry inside the picture, the best first, with the time of each stage', async () => {
    const { width, height } = sample.truth['board-08.jpg']!
    const reply = await engine.predict(sample.picture('board-08.jpg'))
    if (reply.kind !== 'result') throw new Error(reply.detail)
    expect(reply.image).toEqual({ width, height })
    const scores = reply.predictions.map(({ confidence }) => confidence)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    for (const { box } of reply.predictions) {
      expect(Math.min(box!.x, box!.y)).toBeGreaterThanOrEqual(0)
      expect(box!.x + box!.width).toBeLessThanOrEqual(width)
      expect(box!.y + box!.height).toBeLessThanOrEqual(height)
    }
    expect(Object.values(reply.timing).every((ms) => ms > 0)).toBe(true)
  })

  it('answers several at once, each its own', async () => {
    const names = ['board-01.png', 'board-07.png', 'board-02.jpg', 'board-06.png']
    const alone = []
    for (const name of names) alone.push(await engine.predict(sample.picture(name)))
    const together = await Promise.all(names.map((name) => engine.predict(sample.picture(name))))
    const words = alone.map((reply) => reply.kind === 'result' && [reply.image, reply.predictions])
    expect(together.map((reply) => reply.kind === 'result' && [reply.image, reply.predictions])).toEqual(words)
  })

  it('is not harmed by what it refuses', async () => {
    const good = sample.picture('board-01.png')
    const before = await engine.predict(good)
    const codes = await Promise.all(
      [
        Buffer.from('no picture'),
        new Uint8Array(),
        good.subarray(0, 2000),
        greyPng(30_000, 30_000, 1),
        Buffer.from('<svg/>')
      ]
        .map((bytes) => engine.predict(bytes))
        .map(async (answer) => {
          const reply = await answer
          return reply.kind === 'refused' ? reply.code : reply.kind
        })
    )
    expect(codes).toEqual([
      'IMAGE_UNREADABLE',
      'IMAGE_UNREADABLE',
      'IMAGE_UNREADABLE',
      'IMAGE_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE'
    ])
    const after = await engine.predict(good)
    expect(after.kind === 'result' && after.predictions).toEqual(before.kind === 'result' && before.predictions)
  })
})

describe('the sample classifier', () => {
  it('is right about all pictures but one at most', async () => {
    const sample = readSample('board-check')
    const engine = await started(sample)
    const wrong: string[] = []
    for (const [name, { class: truth }] of Object.entries(sample.truth)) {
      const reply = await engine.predict(sample.picture(name))
      if (reply.kind !== 'result' || reply.predictions[0]?.class !== truth) wrong.push(name)
    }
    await engine.kill()
    expect(Object.keys(sample.truth).length).toBeGreaterThan(5)
    expect(wrong.length, wrong.join(', ')).toBeLessThanOrEqual(1)
  })
})
