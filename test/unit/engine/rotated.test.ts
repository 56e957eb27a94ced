import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  modelSpec,
  parameters,
  type ModelSpec,
  type Parameters,
  type RotatedBox
} from '../../../main/contract/index.ts'
import { yoloObb } from '../../../main/engine/families/yoloObb.ts'
import { cornersOf, probIou, regularised, rotatedNms } from '../../../main/engine/geometry/rotatedNms.ts'
import { letterbox, stretch, type Placement } from '../../../main/engine/preprocess/placement.ts'

/** Against NumPy and OpenCV: test/parity/obb_reference.py. */

const reference = z
  .object({
    original: z.tuple([z.number(), z.number()]),
    side: z.number(),
    dims: z.array(z.number()),
    columns: z.array(z.number()),
    runs: z.array(
      z.object({
        parameters,
        detections: z.array(
          z.object({
            class: z.number(),
            confidence: z.number(),
            rotated: z.array(z.number()),
            corners: z.array(z.number())
          })
        )
      })
    )
  })
  .parse(JSON.parse(readFileSync(new URL('../../fixtures/parity/obb.json', import.meta.url), 'utf8')))

const classes = ['class 0', 'class 1', 'class 2']

function specOf(options: ModelSpec['options'] = {}): ModelSpec {
  const input = { width: 320, height: 320, resize: 'letterbox' }
  return modelSpec.parse({ name: 'm', task: 'detection', family: 'yolo-obb', classes, input, options })
}

function decode(dims: number[], values: readonly number[], given: Parameters, placement: Placement, spec = specOf()) {
  const output = { name: 'output0', dims, data: Float32Array.from(values) }
  return yoloObb.open(spec, given, { inputs: [], outputs: [], metadata: {} }, [output])([output], placement, 'polygon')
}

describe('rotated boxes, against the reference', () => {
  const [width, height] = reference.original
  const placement = letterbox({ width, height }, { width: reference.side, height: reference.side })

  it.each(reference.runs)('keeps the same with $parameters', ({ parameters: given, detections }) => {
    const seen = decode(reference.dims, reference.columns, given, placement)
    expect(seen.map((one) => one.class)).toEqual(detections.map((one) => `class ${one.class}`))
    seen.forEach(({ confidence, box, rotatedBox }, at) => {
      const expected = detections[at]!
      expect(confidence).toBeCloseTo(expected.confidence, 5)
      const { cx, cy, width: w, height: h, angle } = rotatedBox!
      ;[cx, cy, w, h, angle].forEach((value, part) => expect(value).toBeCloseTo(expected.rotated[part]!, 3))
      const corners = [box!.x, box!.y, box!.x + box!.width, box!.y + box!.height]
      corners.forEach((value, part) => expect(value).toBeCloseTo(expected.corners[part]!, 2))
    })
  })
})

describe('yolo-obb', () => {
  const same = stretch({ width: 320, height: 320 }, { width: 320, height: 320 })

  it('reads rows as they are: nothing suppressed, rows of zeros left out', () => {
    const row = [100, 80, 60, 20, 0.9, 2, 0.5]
    const rows = [...row, ...row.with(4, 0.8), ...new Array<number>(7).fill(0)]
    const seen = decode([1, 3, 7], rows, { confidence: 0 }, same)
    expect(seen.map((one) => [one.class, Math.round(one.confidence * 10)])).toEqual([
      ['class 2', 9],
      ['class 2', 8]
    ])
    expect(seen[0]?.rotatedBox?.angle).toBeCloseTo(0.5, 6)
  })

  it('turns sides where an angle is a quarter or more', () => {
    const seen = decode([1, 1, 7], [100, 80, 60, 20, 0.9, 0, Math.PI / 2 + 0.1], {}, same)
    expect(seen[0]?.rotatedBox).toMatchObject({ width: 20, height: 60 })
    expect(seen[0]?.rotatedBox?.angle).toBeCloseTo(0.1, 6)
  })

  it('keeps upright boxes upright where the axes scale apart', () => {
    const placement = stretch({ width: 640, height: 160 }, { width: 320, height: 320 })
    const seen = decode([1, 1, 7], [100, 80, 60, 20, 0.9, 0, 0], {}, placement)
    expect(seen[0]).toMatchObject({
      box: { x: 140, y: 35, width: 120, height: 10 },
      rotatedBox: { cx: 200, cy: 40, width: 120, height: 10, angle: 0 }
    })
  })

  it('refuses other layouts, and names them', () => {
    expect(() => decode([1, 7, 2], new Array<number>(14).fill(0), {}, same)).toThrow('[1, 7, 2]')
    expect(() => decode([1, 8, 2], new Array<number>(16).fill(0), {}, same, specOf({ layout: 'rows' }))).toThrow(
      'rotated'
    )
  })
})

const shape = fc.record({
  cx: fc.integer({ min: 0, max: 60 }),
  cy: fc.integer({ min: 0, max: 60 }),
  width: fc.integer({ min: 1, max: 40 }),
  height: fc.integer({ min: 1, max: 40 }),
  angle: fc.double({ min: -7, max: 7, noNaN: true })
})
const flat = { cx: 10, cy: 20, width: 30, height: 4 }
const candidate = fc
  .tuple(shape, fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 2 }))
  .map(([box, score, classIndex]) => ({ ...box, score: score / 1000, classIndex }))
const candidates = fc.uniqueArray(candidate, { maxLength: 30, selector: ({ score }) => score })
const options = fc.record({
  iou: fc.constantFrom(0.1, 0.3, 0.5, 0.7, 0.95),
  classAgnostic: fc.boolean(),
  most: fc.constantFrom(1, 5, 300)
})

describe('laws of rotated boxes', () => {
  it('has an overlap within 0 and 1, the same both ways, and about 1 with itself', () => {
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        expect(probIou(a, b)).toBeCloseTo(probIou(b, a), 9)
        expect(probIou(a, b)).toBeGreaterThanOrEqual(-1e-6)
        expect(probIou(a, b)).toBeLessThanOrEqual(1)
        expect(probIou(a, a)).toBeGreaterThan(0.99)
      })
    )
  })

  it('keeps the corners where it makes angles regular', () => {
    const farthest = (from: RotatedBox, to: RotatedBox) =>
      Math.max(...cornersOf(from).map(([x, y]) => Math.min(...cornersOf(to).map(([u, v]) => Math.hypot(x - u, y - v)))))
    fc.assert(
      fc.property(shape, (box) => {
        const regular = regularised(box)
        expect(regular.angle).toBeGreaterThanOrEqual(0)
        expect(regular.angle).toBeLessThan(Math.PI / 2)
        expect(farthest(box, regular)).toBeLessThan(1e-6)
        expect(farthest(regular, box)).toBeLessThan(1e-6)
      }),
      { examples: [-1.2e-16, -2e-16, -1e-17, Math.PI / 2, Math.PI].map((angle) => [{ ...flat, angle }]) }
    )
  })

  it('drops exactly those that a better one overlaps, dropped or not, whatever the order', () => {
    fc.assert(
      fc.property(candidates, options, (given, limits) => {
        const expected = given
          .filter((one) =>
            given.every(
              (other) =>
                other.score <= one.score ||
                (!limits.classAgnostic && other.classIndex !== one.classIndex) ||
                probIou(other, one) <= limits.iou
            )
          )
          .sort((a, b) => b.score - a.score)
          .slice(0, limits.most)
        expect(rotatedNms(given, limits)).toEqual(expected)
        expect(rotatedNms([...given].reverse(), limits)).toEqual(expected)
        expect(rotatedNms(expected, limits)).toEqual(expected)
      })
    )
  })
})
