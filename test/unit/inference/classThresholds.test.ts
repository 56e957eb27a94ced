import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classThresholds, type Model, type Optimization, type Setup } from '../../../main/contract/index.ts'
import { resolveThresholds } from '../../../main/host/inference/classThresholds.ts'
import { boardSpec } from './boards.ts'

const [mine, others] = ['01K0000000000000000000000A', '01K0000000000000000000000B']
const project = '01K0000000000000000000000P'

/** An optimization whose id ends in a letter. */
function computed(letter: string, model: string, thresholds: Record<string, number>): Optimization {
  const shares = { precision: 1, recall: 1, f1: 1, samples: 1, believed: 1, right: 1, unknown: 0 }
  return {
    id: `01K000000000000000000000Z${letter}`,
    project,
    model: { id: model, name: `model ${letter}`, version: '1.0' },
    at: '2026-11-25T10:00:00.000+00:00',
    aim: { kind: 'f1' },
    basis: { source: 'ten boards', samples: 10 },
    classes: Object.entries(thresholds).map(([name, threshold]) => ({ class: name, threshold, ...shares }))
  }
}

const model: Pick<Model, 'id' | 'spec'> = { id: mine, spec: { ...boardSpec, classes: ['open', 'short'] } }

function resolve(given: Setup['classThresholds'], ...optimizations: Optimization[]) {
  return resolveThresholds({ classThresholds: classThresholds.parse(given) }, model, optimizations)
}

const latest = { source: 'latest' } as const

describe('the class thresholds of a run', () => {
  it('are none, or as they were typed', () => {
    const stored = computed('1', mine, { open: 0.9 })
    expect(resolve({ source: 'none' }, stored)).toEqual({ values: {} })
    expect(resolve({ source: 'manual', values: { short: 0.4 } }, stored)).toEqual({ values: { short: 0.4 } })
  })

  it('come from the newest of this model, though another model has a newer one', () => {
    const newest = computed('3', others, { open: 0.3, short: 0.3 })
    const ofMine = [computed('2', mine, { open: 0.2, short: 0.25 }), computed('1', mine, { open: 0.1, short: 0.1 })]
    expect(resolve(latest, newest, ...ofMine)).toEqual({ values: { open: 0.2, short: 0.25 } })
  })

  it('come from the newest of the project where this model has none, with a warning that names the model', () => {
    const found = resolve(latest, computed('2', others, { open: 0.2 }), computed('1', others, { open: 0.1 }))
    expect(found.values).toEqual({ open: 0.2, short: 0 })
    expect(found.warning).toContain('“model 2” 1.0')
  })

  it('are none with a warning where the project has no optimization', () => {
    expect(resolve(latest)).toEqual({ values: {}, warning: expect.stringContaining('no optimization') })
  })

  it('stay those of the chosen optimization, of this model or another', () => {
    const [newer, older] = [computed('2', mine, { open: 0.2 }), computed('1', others, { short: 0.1 })]
    const chosen = (optimization: string) => resolve({ source: 'optimization', optimization }, newer, older)
    expect(chosen(newer.id)).toEqual({ values: { open: 0.2, short: 0 } })
    expect(chosen(older.id)).toEqual({ values: { open: 0, short: 0.1 }, warning: expect.stringContaining('model 1') })
  })

  it('of an optimization are always for each class of the model, and for no other', () => {
    const threshold = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)
    const names = fc.constantFrom('open', 'short', 'spur', '__proto__', 'constructor')
    fc.assert(
      fc.property(fc.uniqueArray(names), fc.array(threshold, { minLength: 5, maxLength: 5 }), (classes, values) => {
        const given = computed('1', mine, {})
        const found = classes.map((name, at) => ({
          ...computed('1', mine, { x: values[at] ?? 0 }).classes[0]!,
          class: name
        }))
        const { values: resolved } = resolve(latest, { ...given, classes: found })
        const wanted = (name: string) => found.find((one) => one.class === name)?.threshold ?? 0
        expect(resolved).toEqual({ open: wanted('open'), short: wanted('short') })
      })
    )
  })
})
