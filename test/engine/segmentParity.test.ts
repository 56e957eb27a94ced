import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { parameters } from '../../main/contract/index.ts'
import { decodeRle } from '../../main/engine/geometry/rle.ts'
import { checkModel, compareDetections, readParityPicture } from '../parity/comparison.ts'
import { maskIou } from '../parity/packageComparison.ts'
import { tinyModel } from '../unit/engine/models.ts'
import { loadOf, tinySpec, withEngine } from './engineProcess.ts'

/** Masks against an independent implementation of the reference: test/parity/segment_reference.py. */

const corners = z.tuple([z.number(), z.number(), z.number(), z.number()])
const detection = z.object({
  class: z.string(),
  confidence: z.number(),
  corners,
  areaPx: z.number(),
  counts: z.string()
})
const reference = z
  .object({
    made: z.record(z.string(), z.string()),
    model: z.object({ file: z.string(), sha256: z.string() }),
    parameters,
    pictures: z.record(
      z.string(),
      z.object({ size: z.tuple([z.number(), z.number()]), detections: z.array(detection) })
    )
  })
  .parse(JSON.parse(readFileSync(new URL('../fixtures/parity/segmenter.json', import.meta.url), 'utf8')))

it('gives the reference’s masks on every picture', async () => {
  const modelPath = tinyModel('segment-columns')
  checkModel(reference, modelPath, 'segment_reference.py')
  const spec = tinySpec('yolo-segment', ['scratch', 'dent'], { width: 32, height: 32, resize: 'letterbox' })
  let compared = 0
  await withEngine(async (engine) => {
    await engine.load(loadOf(modelPath, spec, reference.parameters))
    for (const [name, { size, detections }] of Object.entries(reference.pictures)) {
      const reply = await engine.predict(readParityPicture(name), 'rle')
      if (reply.kind !== 'result') throw new Error(`${name}: ${reply.detail}`)
      expect(compareDetections(detections, reply.predictions).unmatched, name).toBe(0)
      const ours = [...reply.predictions]
      for (const { class: kind, confidence, areaPx, counts } of detections) {
        const nearest = ours
          .filter((one) => one.class === kind)
          .sort((a, b) => Math.abs(a.confidence - confidence) - Math.abs(b.confidence - confidence))[0]!
        ours.splice(ours.indexOf(nearest), 1)
        expect(Math.abs(nearest.confidence - confidence), name).toBeLessThanOrEqual(0.005)
        expect(Math.abs(nearest.mask!.areaPx - areaPx), `${name}: area of ${areaPx}`).toBeLessThanOrEqual(areaPx * 0.01)
        const theirs = decodeRle({ size: [size[1], size[0]], counts })
        expect(
          maskIou(decodeRle(nearest.mask!.rle!).data, theirs.data),
          `${name}: IoU of the masks`
        ).toBeGreaterThanOrEqual(0.99)
        compared++
      }
    }
  })
  expect(Object.keys(reference.pictures).length).toBeGreaterThanOrEqual(30)
  expect(compared).toBeGreaterThanOrEqual(90)
})
