import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { modelSpec, type ModelSpec, type Parameters } from '../../../main/contract/index.ts'
import type { OutputTensor, RawPrediction } from '../../../main/engine/families/family.ts'
import { pidnet } from '../../../main/engine/families/pidnet.ts'
import { LogitField } from '../../../main/engine/geometry/logits.ts'
import { crop, letterbox, stretch, type Placement } from '../../../main/engine/preprocess/placement.ts'

/** Against NumPy and OpenCV: test/parity/semantic_reference.py. */

const pair = z.tuple([z.number(), z.number()])
const { cases } = z
  .object({
    cases: z.array(
      z.object({
        name: z.string(),
        classes: z.number(),
        grid: pair,
        input: pair,
        original: pair,
        letterbox: z.boolean(),
        alignCorners: z.boolean(),
        minAreaPx: z.number(),
        regions: z.array(
          z.object({
            class: z.number(),
            box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
            area: z.number(),
            confidence: z.number()
          })
        ),
        map: z.base64()
      })
    )
  })
  .parse(JSON.parse(readFileSync(new URL('../../fixtures/parity/semantic.json', import.meta.url), 'utf8')))

/** The reference's logits, with classes first. */
function logits(classes: number, height: number, width: number): Float32Array {
  return Float32Array.from({ length: classes * height * width }, (_, at) => {
    const [x, y, c] = [at % width, Math.floor(at / width) % height, Math.floor(at / width / height)]
    return 4 * Math.sin(x * 0.31 * (1 + (c % 3)) + c) * Math.cos(y * 0.27 * (1 + (c % 2)) + 2 * c) + 0.05 * c
  })
}

function specOf(count: number, options: ModelSpec['options'] = {}): ModelSpec {
  const classes = Array.from({ length: count }, (_, at) => `class ${at}`)
  const input = { width: 64, height: 64, resize: 'stretch' }
  return modelSpec.parse({ name: 'm', task: 'semantic-segmentation', family: 'pidnet', classes, input, options })
}

function decode(
  spec: ModelSpec,
  output: OutputTensor,
  placement: Placement,
  parameters: Parameters = {},
  type = 'float32'
): RawPrediction[] {
  const facts = { inputs: [], outputs: [{ name: output.name, type, shape: [...output.dims] }], metadata: {} }
  return pidnet.open(spec, parameters, facts, [output])([output], placement, 'polygon')
}

const sizeOf = ([height, width]: [number, number]) => ({ width, height })
const key = (one: { class: number; box: number[] }) => `${one.class} ${one.box.join(' ')}`

describe('semantic segmentation, against the reference', () => {
  it.each(cases)('$name: the same classes and regions', async (one) => {
    const [height, width] = one.grid
    const place = one.letterbox ? letterbox : stretch
    const placement = place(sizeOf(one.original), sizeOf(one.input))
    const data = logits(one.classes, height, width)
    const grid = { data, classes: one.classes, height, width, classStride: height * width, pixelStride: 1 }
    const { data: map } = new LogitField(grid, placement, one.alignCorners).classMap()
    const expected = await sharp(Buffer.from(one.map, 'base64')).raw().toBuffer()
    const step = expected.length / map.length
    const same = map.filter((value, at) => value === expected[at * step]).length
    expect(same / map.length).toBeGreaterThanOrEqual(0.9999)

    const spec = specOf(one.classes, { alignCorners: one.alignCorners })
    const output = { name: 'o', dims: [1, one.classes, height, width], data }
    const ours = decode(spec, output, placement, { minAreaPx: one.minAreaPx }).map(({ box, ...rest }) => ({
      ...rest,
      class: Number(rest.class.slice(6)),
      box: [box!.x, box!.y, box!.width, box!.height]
    }))
    expect(ours.length).toBe(one.regions.length)
    const found = new Map(ours.map((region) => [key(region), region]))
    for (const region of one.regions) {
      const match = found.get(key(region))
      expect(match?.mask?.areaPx, key(region)).toBe(region.area)
      expect(Math.abs(match!.confidence - region.confidence), key(region)).toBeLessThanOrEqual(0.005)
    }
  })
})

describe('pidnet', () => {
  const same = stretch({ width: 16, height: 16 }, { width: 16, height: 16 })

  it('reads channels that come last as those that come first', () => {
    const first = logits(5, 8, 8)
    const last = Float32Array.from({ length: first.length }, (_, at) => first[(at % 5) * 64 + Math.floor(at / 5)]!)
    expect(decode(specOf(5), { name: 'o', dims: [1, 8, 8, 5], data: last }, same)).toEqual(
      decode(specOf(5), { name: 'o', dims: [1, 5, 8, 8], data: first }, same)
    )
  })

  it('answers outlines whose area is that of the mask', () => {
    const seen = decode(specOf(5), { name: 'o', dims: [1, 5, 8, 8], data: logits(5, 8, 8) }, same)
    const area = (loop: number[]) =>
      loop.reduce(
        (sum, x, at) =>
          at % 2 ? sum : sum + x * loop[(at + 3) % loop.length]! - loop[at + 1]! * loop[(at + 2) % loop.length]!,
        0
      ) / 2
    for (const { mask } of seen) {
      const outlines = mask!.polygons!.flatMap(({ outer, holes }) => [outer, ...holes])
      expect(outlines.reduce((sum, loop) => sum + area(loop), 0)).toBe(mask!.areaPx)
    }
    expect(seen.reduce((sum, { mask }) => sum + mask!.areaPx, 0)).toBe(256)
  })

  // Two rows of 1, 1, 0, 2 and 2, 0, 0, 1: the ones at the right lie apart, the twos too.
  const map = { data: Float32Array.from([1, 1, 0, 2, 2, 0, 0, 1]) }
  const twice = stretch({ width: 8, height: 4 }, { width: 4, height: 2 })

  it.each(['uint8', 'int32', 'int64'])('reads class maps of %s by the nearest px, with confidence 1', (type) => {
    for (const dims of [
      [1, 2, 4],
      [1, 1, 2, 4],
      [1, 2, 4, 1]
    ]) {
      const spec = specOf(3, { background: 'class 0' })
      expect(decode(spec, { name: 'o', dims, ...map }, twice, {}, type)).toMatchObject([
        { class: 'class 1', confidence: 1, box: { x: 0, y: 0, width: 4, height: 2 }, mask: { areaPx: 8 } },
        { class: 'class 2', box: { x: 6, y: 0, width: 2, height: 2 } },
        { class: 'class 2', box: { x: 0, y: 2, width: 2, height: 2 } },
        { class: 'class 1', box: { x: 6, y: 2, width: 2, height: 2 } }
      ])
    }
  })

  it('leaves out small regions and all beyond the most, the largest first', () => {
    const given = { name: 'o', dims: [1, 2, 4], ...map }
    const areas = (parameters: Parameters) =>
      decode(specOf(3), given, twice, parameters, 'uint8').map(({ mask }) => mask!.areaPx)
    expect(areas({})).toEqual([12, 8, 4, 4, 4])
    expect(areas({ minAreaPx: 5 })).toEqual([12, 8])
    expect(areas({ maxRegions: 1 })).toEqual([12])
  })

  it('says nothing of what a crop cut off', () => {
    const placement = crop({ width: 32, height: 16 }, { width: 16, height: 16 })
    const data = Float32Array.from({ length: 2 * 64 }, (_, at) => (at < 64 ? 1 : 0))
    expect(decode(specOf(2), { name: 'o', dims: [1, 2, 8, 8], data }, placement)).toMatchObject([
      { class: 'class 0', box: { x: 8, y: 0, width: 16, height: 16 }, mask: { areaPx: 256 } }
    ])
  })

  it('reads the second of three outputs of training', () => {
    const plain = (name: string, best: number) => ({
      name,
      dims: [1, 3, 2, 2],
      data: Float32Array.from({ length: 12 }, (_, at) => (Math.floor(at / 4) === best ? 5 : 0))
    })
    const outputs = [plain('p', 0), plain('main', 2), { name: 'd', dims: [1, 1, 2, 2], data: new Float32Array(4) }]
    const facts = { inputs: [], outputs: [], metadata: {} }
    const [seen] = pidnet.open(specOf(3), {}, facts, outputs)(outputs, same, 'polygon')
    expect(seen?.class).toBe('class 2')
    expect(seen?.confidence).toBeCloseTo(Math.exp(5) / (Math.exp(5) + 2), 6)
  })

  it('refuses other shapes, and names them', () => {
    const given = { name: 'o', dims: [1, 85, 22, 22], data: new Float32Array(85 * 22 * 22) }
    expect(() => decode(specOf(80), given, same)).toThrow('o [1, 85, 22, 22]')
  })
})
