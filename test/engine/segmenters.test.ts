import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelSpec, Parameters, Prediction } from '../../main/contract/index.ts'
import { decodeRle } from '../../main/engine/geometry/rle.ts'
import { tinyModel } from '../unit/engine/models.ts'
import { EngineProcess, loadOf, tinySpec } from './engineProcess.ts'

/** The tiny segmenters: what their masks must be can be told by hand. See test/fixtures/models/make_models.py. */

const white = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'white' } })
    .png()
    .toBuffer()

let engine: EngineProcess
beforeAll(() => {
  engine = new EngineProcess()
})
afterAll(() => engine.kill())

async function answer(
  name: string,
  spec: ModelSpec,
  picture: Uint8Array,
  parameters: Parameters = {},
  masks: 'polygon' | 'rle' = 'polygon'
): Promise<Prediction[]> {
  const loaded = await engine.load(loadOf(tinyModel(name), spec, parameters))
  if (loaded.kind === 'load-failed') throw new Error(loaded.message)
  const reply = await engine.predict(picture, masks)
  if (reply.kind !== 'result') throw new Error(reply.detail)
  return reply.predictions
}

const classes = ['scratch', 'dent']
const input = { width: 32, height: 32, resize: 'letterbox' } as const
const spec = tinySpec('yolo-segment', classes, input)
const least = { confidence: 0.05 }

describe('YOLO segmenters', () => {
  it('reads columns: overlaps go, each detection has its own mask', async () => {
    const seen = await answer('segment-columns', spec, await white(32, 32), least)
    expect(seen.map((one) => [one.class, Math.round(one.confidence * 100)])).toEqual([
      ['scratch', 90],
      ['dent', 80],
      ['scratch', 70],
      ['dent', 60]
    ])
    // The ring has a hole; the last one's mask is empty.
    expect(seen[0]?.mask?.polygons?.map(({ holes }) => holes.length)).toEqual([1])
    expect(seen[3]).toMatchObject({ box: { x: 0, y: 0, width: 8, height: 8 }, mask: { areaPx: 0, polygons: [] } })
  })

  it('reads rows: nothing is suppressed, the masks are the same', async () => {
    const rows = await answer('segment-rows', spec, await white(32, 32), least)
    const columns = await answer('segment-columns', spec, await white(32, 32), least)
    expect(rows).toHaveLength(5)
    const rest = rows.filter((one) => Math.round(one.confidence * 100) !== 85)
    expect(rest.map((one) => one.mask)).toEqual(columns.map((one) => one.mask))
    // Set everywhere: what is left is its box, x from 0.5 to 31.5, where a pixel counts by its upper left corner.
    expect(rows.find((one) => Math.round(one.confidence * 100) === 85)?.mask).toEqual({
      areaPx: 31 * 32,
      polygons: [{ outer: [1, 0, 32, 0, 32, 32, 1, 32], holes: [] }]
    })
  })

  it('gives masks at the original resolution, without the border', async () => {
    // 320 × 160: scale 1/10, 8 px of border above. The dent's box is x 1 to 17, y 0.5 to 17.5 of the input.
    const [, dent] = await answer('segment-columns', spec, await white(320, 160), least)
    expect(dent?.box).toEqual({ x: 10, y: 0, width: 160, height: 95 })
    // Its line x − 3.5 + (y − 3.5) / 2 + 2 = 0 in cells of 40 px, whose centres lie at half cells.
    const isSet = (x: number, y: number) => {
      const cell = (px: number, border: number) => Math.max(0, (px + 0.5) / 40 + border - 0.5)
      return cell(x, 0) - 3.5 + (cell(y, 2) - 3.5) / 2 + 2 > 0
    }
    let expected = 0
    for (let x = 10; x < 170; x++) for (let y = 0; y < 95; y++) expected += isSet(x, y) ? 1 : 0
    // At the picture's own edge, where the border was cut off, cells end: a strip of half a cell may differ.
    expect(Math.abs(dent!.mask!.areaPx - expected) / expected).toBeLessThan(0.05)
  })

  it('gives RLE beside the polygons where asked', async () => {
    const seen = await answer('segment-columns', spec, await white(50, 40), least, 'rle')
    for (const { mask } of seen) {
      expect(mask?.rle?.size).toEqual([40, 50])
      expect(decodeRle(mask!.rle!).data.reduce((sum, value) => sum + value, 0)).toBe(mask?.areaPx)
      expect(mask?.polygons).toBeDefined()
    }
  })

  it('has the same polygons with and without RLE', async () => {
    const picture = await white(50, 40)
    const [plain] = await answer('segment-columns', spec, picture, least)
    const [both] = await answer('segment-columns', spec, picture, least, 'rle')
    expect(both?.mask?.polygons).toEqual(plain?.mask?.polygons)
    expect(plain?.mask).not.toHaveProperty('rle')
  })

  it('refuses other counts of classes, and detectors, with what was seen', async () => {
    const three = tinySpec('yolo-segment', [...classes, 'stain'], input)
    await expect(answer('segment-columns', three, await white(8, 8))).rejects.toThrow('[1, 10, 5]')
    const detector = tinySpec('yolo-segment', ['a', 'b', 'c'])
    await expect(answer('columns', detector, await white(8, 8))).rejects.toThrow('output0 [1, 7, 4]')
  })

  it.each(['segment-columns', 'segment-rows'])('is recognised from %s', async (name) => {
    expect(await engine.inspect(tinyModel(name))).toMatchObject({
      proposal: {
        spec: {
          task: 'instance-segmentation',
          family: 'yolo-segment',
          classes,
          input: { width: 32, height: 32, resize: 'letterbox', pad: 114 }
        },
        sources: { family: 'file', classes: 'file' }
      }
    })
  })
})
