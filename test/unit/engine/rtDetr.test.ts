import { describe, expect, it } from 'vitest'
import { modelSpec } from '../../../main/contract/index.ts'
import { rtDetr } from '../../../main/engine/families/rtDetr.ts'
import { stretch } from '../../../main/engine/preprocess/placement.ts'

const placement = stretch({ width: 200, height: 100 }, { width: 64, height: 64 })
const facts = { inputs: [], outputs: [], metadata: {} }

/** Answers of one output with these rows; the warm-up's are given first. */
function decode(classes: string[], warmUp: number[][], rows: number[][] = warmUp) {
  const input = { width: 64, height: 64, resize: 'stretch' }
  const spec = modelSpec.parse({ name: 'm', task: 'detection', family: 'rt-detr', classes, input })
  const [probe, output] = [warmUp, rows].map((given) => ({
    name: 'output0',
    dims: [1, given.length, given[0]?.length ?? 0],
    data: Float32Array.from(given.flat())
  }))
  return rtDetr.open(spec, { confidence: 0.3 }, facts, [probe!])([output!], placement, 'polygon')
}

describe('Ultralytics’ RT-DETR', () => {
  const middle = [0.5, 0.5, 0.25, 0.5]
  const box = { x: 75, y: 25, width: 50, height: 50 }

  it('reads rows whose best are already chosen: centre and size, score, class', () => {
    const seen = decode(
      ['a', 'b', 'c'],
      [
        [...middle, 0.875, 2],
        [...middle, 0.5, 0],
        [...middle, 0.125, 1]
      ]
    )
    expect(seen).toEqual([
      { class: 'c', confidence: 0.875, box },
      { class: 'a', confidence: 0.5, box }
    ])
  })

  it('tells both kinds of rows apart where two classes make them equally long', () => {
    const chosen = [[...middle, 0.75, 1], [...middle, 0.25, 0]] // prettier-ignore
    const scores = [[...middle, 0.25, 0.75], [...middle, 0.5, 0.25]] // prettier-ignore
    expect(decode(['a', 'b'], chosen)).toEqual([{ class: 'b', confidence: 0.75, box }])
    expect(decode(['a', 'b'], scores)).toEqual([
      { class: 'b', confidence: 0.75, box },
      { class: 'a', confidence: 0.5, box }
    ])
    // What the warm-up told holds, whatever comes later.
    expect(decode(['a', 'b'], scores, chosen)).toEqual([{ class: 'b', confidence: 1, box }])
  })

  it('clips boxes to the image', () => {
    expect(decode(['a'], [[0, 1, 1, 1, 0.5]])[0]?.box).toEqual({ x: 0, y: 50, width: 100, height: 50 })
  })

  it('refuses rows of another length, and those of scores where classes were to come', () => {
    expect(() => decode(['a', 'b', 'c'], [[...middle, 0.5, 0.25]])).toThrow('[1, 1, 6]')
    expect(() => decode(['a', 'b', 'c'], [[...middle, 0.5, 0.25, 0.5, 0.5]])).toThrow('3 classes')
  })
})
