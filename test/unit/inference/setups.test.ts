import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ZodError } from 'zod'
import { newSetup, setup as setupSchema, slug as slugSchema, type Model } from '../../../main/contract/index.ts'
import { Refusal } from '../../../main/host/refusal.ts'
import { defaultThreads, resolveSetup } from '../../../main/host/inference/setupRules.ts'
import { freeSlug, makeSlug } from '../../../main/host/inference/slugs.ts'

describe('makeSlug', () => {
  it.each([
    ['Surface check', 'surface-check'],
    ['  Größe / Linie 3 ', 'gro-e-linie-3'],
    ['Précision Ñandú', 'precision-nandu'],
    ['ﬁlter Ⅳ', 'filter-iv'],
    ['検査', 'inference'],
    ['---', 'inference'],
    ['a'.repeat(80), 'a'.repeat(64)],
    [`${'a'.repeat(63)} b`, 'a'.repeat(63)]
  ])('%s → %s', (name, slug) => expect(makeSlug(name)).toBe(slug))

  it('always fits the contract, numbered or not', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0x10ffff), { maxLength: 120 }), (codePoints) => {
        const slug = makeSlug(String.fromCodePoint(...codePoints))
        const second = freeSlug(slug, new Set([slug]))
        expect([slug, second].filter((each) => !slugSchema.safeParse(each).success)).toEqual([])
        expect(second).not.toBe(slug)
      })
    )
  })

  it('takes the lowest number that is free', () => {
    expect(freeSlug('a', new Set())).toBe('a')
    expect(freeSlug('a', new Set(['a', 'a-2', 'a-4']))).toBe('a-3')
    expect(freeSlug('b'.repeat(64), new Set(['b'.repeat(64)]))).toBe(`${'b'.repeat(62)}-2`)
  })
})

const [project, modelId] = ['01K0000000000000000000000A', '01K0000000000000000000000B']

const model: Model = {
  id: modelId,
  project,
  spec: {
    name: 'boards',
    version: '1',
    task: 'detection',
    family: 'yolo-detect',
    classes: ['open', 'short'],
    input: {
      width: 640,
      height: 640,
      resize: 'letterbox',
      interpolation: 'bilinear',
      pad: 114,
      channels: 'rgb',
      scale: 1 / 255,
      mean: [0],
      std: [1]
    },
    options: {}
  },
  fileName: 'boards.onnx',
  sha256: 'a'.repeat(64),
  bytes: 1,
  opset: 13,
  isDefault: true,
  createdAt: '2026-01-01T00:00:00.000Z',
  usedBy: []
}

function resolve(changes: object, of = model) {
  return resolveSetup(newSetup.parse({ project, model: modelId, type: 'api', name: 'Check', ...changes }), 'check', of)
}

function pathsRefused(changes: object, of = model): string[] | undefined {
  try {
    resolve(changes, of)
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.code).toBe('INVALID_REQUEST')
    return error.extra.fields?.map(({ path }) => path)
  }
}

/** A verdict rule; all have the same name. */
const any = (name: string) => ({ name: 'rule', when: { classes: [name] }, outcome: 'NG' })
const webhook = { kind: 'webhook', name: 'Gate', url: 'http://192.168.0.20:8080/result' }

describe('resolveSetup', () => {
  it('leaves nothing to defaults', () => {
    const setup = resolve({ parameters: { confidence: 0.4 } })
    expect(setupSchema.parse(setup)).toEqual(setup)
    expect(setup.parameters).toEqual({ confidence: 0.4, iou: 0.7, maxDetections: 300, classAgnostic: false })
    expect(setup.general).toMatchObject({ instances: 1, threads: defaultThreads(), queue: 32, deadlineMs: 10_000 })
  })

  it('takes half of the cores, at least one and at most four', () => {
    expect([1, 2, 3, 4, 8, 64].map((cores) => defaultThreads(cores))).toEqual([1, 1, 1, 2, 4, 4])
  })

  it.each([
    [{ parameters: { confidence: 1.5 } }, ['parameters.confidence']],
    [{ parameters: { confidence: 'high' } }, ['parameters.confidence']],
    [{ parameters: { topK: 3, iou: 2 } }, ['parameters.iou', 'parameters.topK']],
    [{ project: modelId }, ['model']],
    [{ classThresholds: { source: 'manual', values: { open: 0.5, hole: 0.5 } } }, ['classThresholds.values.hole']],
    [{ type: 'camera' }, ['type']],
    [{ sizeMeasurement: { enabled: true } }, ['sizeMeasurement.enabled']],
    [{ sampling: { classes: ['open', 'hole'] } }, ['sampling.classes']],
    [
      { sampling: { limits: { rules: { random: {}, often: {}, 'class:hole': {} } } } },
      ['sampling.limits.rules.often', 'sampling.limits.rules.class:hole']
    ],
    [{ verdict: { rules: [any('open'), any('hole')] } }, ['verdict.rules.1.when.classes', 'verdict.rules.1.name']],
    [
      { verdict: { rules: [{ name: 'few', when: { count: { classes: ['hole'], atLeast: 2 } }, outcome: 'NG' }] } },
      ['verdict.rules.0.when.count.classes']
    ],
    [
      { verdict: { rules: [{ name: 'large', when: { sizeThresholds: ['Threshold'] }, outcome: 'NG' }] } },
      ['verdict.rules.0.when.sizeThresholds']
    ],
    [{ outputs: [webhook, { ...webhook, when: { verdicts: ['NG'] } }] }, ['outputs.1.name', 'outputs.1.when']],
    [{ outputs: [{ ...webhook, hasSecret: true }] }, ['outputs.0.secret']]
  ])('names the field of %j', (changes, paths) => {
    expect(pathsRefused(changes)?.toSorted()).toEqual(paths.toSorted())
  })

  it('takes all rules of sampling, limits by their names, and thresholds below the confidence floor', () => {
    const random = { leastIntervalMs: 500 }
    const rules = { random, 'class:open': { perMinute: 1 }, classes: { perDay: 5 }, manual: { perHour: 3 } }
    const run = { perMinute: 10 }
    const sampling = { unknown: true, classes: ['open'], interval: { seconds: 1 }, limits: { run, rules } }
    const confidence = { from: 0.05, to: 0.3 }
    const values = { open: 0.01 }
    const changes = { sampling: { ...sampling, confidence }, classThresholds: { source: 'manual', values } }
    expect(resolve(changes).sampling.limits?.run).toEqual({ perMinute: 10, perHour: null, perDay: null })
  })

  it('takes manual thresholds of the model’s classes', () => {
    expect(pathsRefused({ classThresholds: { source: 'manual', values: { open: 0.5 } } })).toBeUndefined()
  })
})

describe('size measurement in a setup', () => {
  const segmenter: Model = { ...model, spec: { ...model.spec, task: 'instance-segmentation' } }
  const threshold = { name: 'Threshold', classes: ['open'], operator: 'gte', value: 10 }
  const measuring = (...thresholds: object[]) => ({ sizeMeasurement: { enabled: true, thresholds } })

  it('is taken where the model finds areas', () => {
    const both = measuring(threshold, { ...threshold, name: 'Threshold-2', operator: 'between', secondValue: 11 })
    expect(resolve(both, segmenter).sizeMeasurement.thresholds).toMatchObject([
      { name: 'Threshold', metadata: {}, includeInSampling: false },
      { name: 'Threshold-2', secondValue: 11 }
    ])
  })

  it('has names that the verdict’s rules may use, and no others', () => {
    const rule = (name: string) => ({ name: 'large', when: { sizeThresholds: [name] }, outcome: 'NG' })
    const setup = (name: string) => ({ ...measuring(threshold), verdict: { rules: [rule(name)] } })
    expect(pathsRefused(setup('Threshold'), segmenter)).toBeUndefined()
    expect(pathsRefused(setup('Threshold-2'), segmenter)).toEqual(['verdict.rules.0.when.sizeThresholds'])
  })

  it.each([
    [measuring(threshold, { ...threshold, classes: ['short'] }), ['sizeMeasurement.thresholds.1.name']],
    [measuring({ ...threshold, classes: ['open', 'hole'] }), ['sizeMeasurement.thresholds.0.classes']],
    [{ sampling: { limits: { rules: { 'size:Threshold': {} } } } }, ['sampling.limits.rules.size:Threshold']]
  ])('is refused by field: %j', (changes, paths) => expect(pathsRefused(changes, segmenter)).toEqual(paths))

  it.each([
    { operator: 'between' },
    { operator: 'gte', secondValue: 20 },
    { operator: 'between', secondValue: 10 },
    { value: 0 },
    { value: 1.5 },
    { operator: 'less' },
    { classes: [] }
  ])('is not in the contract with %j', (change) => {
    expect(() => resolve(measuring({ ...threshold, ...change }), segmenter)).toThrow(ZodError)
  })
})
