import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classThresholds, type Model, type Optimization } from '../../../main/contract/index.ts'
import { resolveThresholds } from '../../../main/host/inference/classThresholds.ts'
import {
  classThresholdsOf,
  newThresholds,
  shownThresholds,
  thresholdsDraftOf,
  thresholdsFor
} from '../../../renderer/setup/thresholdsDraft.ts'
import { boardSpec } from '../inference/boards.ts'

const ids = ['01K0000000000000000000000A', '01K0000000000000000000000B', '01K0000000000000000000000C'] as const
const threshold = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)
const className = fc.constantFrom('open', 'short', 'spur')
const stored = fc.oneof(
  fc.constant({ source: 'none' as const }),
  fc.constant({ source: 'latest' as const }),
  fc.constantFrom(...ids).map((optimization) => ({ source: 'optimization' as const, optimization })),
  fc.dictionary(className, threshold).map((values) => ({ source: 'manual' as const, values }))
)

const model: Model = {
  id: ids[0],
  project: ids[2],
  spec: { ...boardSpec, classes: ['open', 'short'] },
  fileName: 'boards.onnx',
  sha256: 'a'.repeat(64),
  bytes: 1,
  opset: 13,
  isDefault: true,
  createdAt: '2026-11-25T10:00:00.000+00:00',
  usedBy: []
}

/** One of each id, computed with a model that is drawn. */
const optimizations: fc.Arbitrary<Optimization[]> = fc.subarray([...ids]).chain((chosen) =>
  fc.tuple(...chosen.map((id) => fc.tuple(fc.constant(id), fc.constantFrom(ids[0], ids[1]), threshold))).map((drawn) =>
    drawn.map(([id, computedWith, value]) => ({
      id,
      project: ids[2],
      model: { id: computedWith, name: 'boards', version: '1' },
      at: '2026-11-25T10:00:00.000+00:00',
      aim: { kind: 'f1' as const },
      basis: { source: 'ten boards', samples: 10 },
      classes: [evidence('open', value)]
    }))
  )
)

function evidence(name: string, value: number) {
  const counts = { samples: 1, believed: 1, right: 1, unknown: 0 }
  return { class: name, threshold: value, precision: 1, recall: 1, f1: 1, ...counts }
}

describe('the class thresholds of the form', () => {
  it('give back every stored setup as it was', () => {
    fc.assert(
      fc.property(stored, (given) => {
        expect(classThresholds.parse(classThresholdsOf(thresholdsDraftOf(given)))).toEqual(given)
      })
    )
  })

  it('are shown as the host would resolve them', () => {
    fc.assert(
      fc.property(stored, optimizations, (given, found) => {
        const { values } = resolveThresholds({ classThresholds: given }, model, found)
        const shown = shownThresholds(thresholdsDraftOf(given), model, found)
        expect(shown).toEqual({ open: values['open'] ?? 0, short: values['short'] ?? 0 })
      })
    )
  })

  it('of a new inference are the most recent, where there is one', () => {
    fc.assert(
      fc.property(optimizations, (found) => {
        expect(newThresholds(found).source).toBe(found.length > 0 ? 'latest' : 'none')
      })
    )
  })

  it('lose what was typed for classes that another model does not have', () => {
    const draft = thresholdsDraftOf({ source: 'manual', values: { open: 0.4, spur: 0.5 } })
    expect(thresholdsFor(draft, ['open', 'short'])).toEqual({ ...draft, values: { open: 0.4 } })
  })

  it('leave what is no threshold for the schema to refuse', () => {
    for (const value of ['', 'much', 1.2]) {
      const draft = { ...thresholdsDraftOf({ source: 'manual', values: {} }), values: { open: value } }
      const paths = classThresholds.safeParse(classThresholdsOf(draft)).error?.issues.map(({ path }) => path.join('.'))
      expect(paths).toEqual(['values.open'])
    }
  })
})
