import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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
  isDefault: true,
  createdAt: '2026-01-01T00:00:00.000Z',
  usedBy: []
}

function resolve(changes: object) {
  return resolveSetup(
    newSetup.parse({ project, model: modelId, type: 'api', name: 'Check', ...changes }),
    'check',
    model
  )
}

function pathsRefused(changes: object): string[] | undefined {
  try {
    resolve(changes)
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.code).toBe('INVALID_REQUEST')
    return error.extra.fields?.map(({ path }) => path)
  }
}

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
    [{ classThresholds: { source: 'latest' } }, ['classThresholds.source']],
    [{ type: 'camera' }, ['type']],
    [{ general: { shutdown: { kind: 'idle', minutes: 5 } } }, ['general.shutdown.kind']],
    [{ sizeMeasurement: { enabled: true } }, ['sizeMeasurement.enabled']],
    [{ sampling: { unknown: true, classes: ['open'] } }, ['sampling.classes', 'sampling.unknown']],
    [{ sampling: { interval: { seconds: 1 }, limits: {} } }, ['sampling.interval', 'sampling.limits']],
    [{ sampling: { confidence: { from: 0, to: 1 } } }, ['sampling.confidence']],
    [{ verdict: { rules: [] }, outputs: [{}] }, ['verdict', 'outputs']]
  ])('names the field of %j', (changes, paths) => {
    expect(pathsRefused(changes)?.toSorted()).toEqual(paths.toSorted())
  })

  it('takes manual thresholds of the model’s classes', () => {
    expect(pathsRefused({ classThresholds: { source: 'manual', values: { open: 0.5 } } })).toBeUndefined()
  })
})
