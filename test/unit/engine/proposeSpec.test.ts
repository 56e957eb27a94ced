import { describe, expect, it } from 'vitest'
import { modelSpec, proposedSpec, type TensorInfo } from '../../../main/contract/index.ts'
import { readModelFacts } from '../../../main/engine/onnx/readModelFacts.ts'
import { proposeSpec } from '../../../main/engine/proposeSpec.ts'
import { sampleModel, tinyModel } from './models.ts'

const tensor = (shape: TensorInfo['shape']): TensorInfo => ({ name: 't', type: 'float32', shape })
const proposed = async (path: string) => proposeSpec(await readModelFacts(path), 'line 4.onnx')

/** The proposal for a file with these shapes and metadata. */
function guess(input: TensorInfo['shape'], output: TensorInfo['shape'], metadata: Record<string, string> = {}) {
  return proposeSpec({ inputs: [tensor(input)], outputs: [tensor(output)], metadata }, 'm.onnx')
}

describe('proposeSpec', () => {
  it('reads all that the sample detector says, so that nobody is asked', async () => {
    const { spec, sources } = await proposed(sampleModel('bare-boards'))
    expect(modelSpec.safeParse(spec).error).toBeUndefined()
    expect(spec).toMatchObject({
      name: 'line 4',
      task: 'detection',
      family: 'yolo-detect',
      classes: ['open', 'short', 'mousebite', 'spur', 'copper', 'pin-hole'],
      input: { width: 640, height: 640, resize: 'letterbox', channels: 'rgb', pad: 114 }
    })
    expect(Object.values(sources)).not.toContain('missing')
    expect(sources).toMatchObject({ family: 'file', classes: 'file', 'input.width': 'file' })
  })

  it('reads names in either quote', async () => {
    const { spec } = await proposed(tinyModel('columns'))
    expect(spec.classes).toEqual(["driver's", 'say "hi"', 'both \'"'])
  })

  it.each([
    ['by its head', [1, 300, 6], { head: 'RTDETRDecoder', end2end: 'False' }],
    ['by its description', [1, 300, 6], { description: 'Ultralytics rtdetr-l model trained on coco.yaml' }],
    ['by its rows', [1, 300, 8], {}]
  ])('knows Ultralytics’ RT-DETR from its YOLO detectors %s', (_, shape, facts) => {
    const names = "{0: 'a', 1: 'b', 2: 'c', 3: 'd'}"
    const { spec } = guess([1, 3, 640, 640], shape, { author: 'Ultralytics', task: 'detect', names, ...facts })
    expect(spec).toMatchObject({ family: 'rt-detr', input: { resize: 'stretch', interpolation: 'bilinear' } })
  })

  it('takes the official RT-DETR’s pictures as Pillow resizes them', async () => {
    const { spec } = await proposed(tinyModel('rt-detr'))
    expect(spec).toMatchObject({ family: 'rt-detr', input: { resize: 'stretch', interpolation: 'bilinear-antialias' } })
  })

  it.each(['rows-end2end', 'rows-nms', 'columns'])('knows %s for a detector', async (name) => {
    expect((await proposed(tinyModel(name))).spec.family).toBe('yolo-detect')
  })

  it.each(['logits', 'logits-dynamic', 'softmax-1x1', 'half', 'grey'])('knows %s for a classifier', async (name) => {
    expect((await proposed(tinyModel(name))).spec.family).toBe('classifier')
  })

  it.each(['unknown-layout', 'columns-unnamed', 'two-outputs'])('leaves the family of %s open', async (name) => {
    const { spec, sources } = await proposed(tinyModel(name))
    expect(spec.family).toBeUndefined()
    expect(spec.task).toBeUndefined()
    expect(sources).toMatchObject({ family: 'missing', task: 'missing', classes: 'missing' })
  })

  it('takes one channel for grey', async () => {
    const { spec, sources } = await proposed(tinyModel('grey'))
    expect(spec.input.channels).toBe('gray')
    expect(sources['input.channels']).toBe('file')
  })

  it('gives bytes the pixel values as they are, floats 0 to 1', async () => {
    expect((await proposed(tinyModel('byte'))).spec.input.scale).toBe(1)
    expect((await proposed(tinyModel('half'))).spec.input.scale).toBe(1 / 255)
  })

  it('asks for the size of a dynamic input, or takes it from imgsz, which is height first', () => {
    const shape = [1, 3, 'h', 'w']
    expect(guess(shape, [1, 4]).sources).toMatchObject({ 'input.width': 'missing', 'input.height': 'missing' })
    expect(guess(shape, [1, 4], { imgsz: '[480, 640]' }).spec.input).toMatchObject({ width: 640, height: 480 })
  })

  it('reads sides and channels where channels come last', () => {
    const { spec, sources } = guess([1, 257, 321, 3], [1, 4])
    expect(spec.input).toMatchObject({ width: 321, height: 257, channels: 'rgb' })
    expect(sources['input.width']).toBe('file')
    expect(guess([1, 28, 28, 1], [1, 4]).spec.input).toMatchObject({ width: 28, channels: 'gray' })
    expect(guess([1, 'h', 'w', 3], [1, 4]).spec.input.width).toBeUndefined()
  })

  it('proposes no side that a spec may not have', () => {
    const { spec, sources } = guess([1, 3, 257, 4], [1, 4])
    expect(spec.input.width).toBeUndefined()
    expect(sources['input.width']).toBe('missing')
    expect(proposedSpec.safeParse(spec).error).toBeUndefined()
  })

  it.each([
    ['empty', "{0: ''}"],
    ['too long', `{0: '${'a'.repeat(201)}'}`],
    ['with a gap', "{0: 'a', 2: 'c'}"],
    ['numbers', '{0: 1, 1: 2}'],
    ['JSON', 'null'],
    ['broken', "{0: 'a'"]
  ])('asks for the classes where the file’s names are %s', (_, names) => {
    const { spec, sources } = guess([1, 3, 640, 640], [1, 6, 8400], { task: 'detect', names })
    expect(spec.classes).toBeUndefined()
    expect(sources['classes']).toBe('missing')
  })

  it('reads names in the order of their indexes, whatever the order they are written in', () => {
    expect(guess([1, 3, 8, 8], [1, 3], { names: "{2: 'c', 0: 'a', 1: 'b'}" }).spec.classes).toEqual(['a', 'b', 'c'])
  })

  it('proposes for a classifier of the exporter the resize of its reference, for others a stretch', () => {
    const exported = { author: 'Ultralytics', task: 'classify', names: "{0: 'a', 1: 'b'}" }
    const rule = { resize: 'crop', interpolation: 'bilinear-antialias' }
    expect(guess([1, 3, 224, 224], [1, 2], exported).spec.input).toMatchObject(rule)
    expect(guess([1, 3, 224, 320], [1, 2], exported).spec.input).toMatchObject({ ...rule, resize: 'stretch' })
    expect(guess([1, 3, 224, 224], [1, 2]).spec.input.resize).toBe('stretch')
  })

  it.each([
    ['as many channels as names', [1, 3, 512, 512], [[1, 3, 64, 64]], { names: "{0: 'a', 1: 'b', 2: 'c'}" }],
    [
      'the three outputs of training',
      [1, 3, 512, 512],
      [
        [1, 4, 64, 64],
        [1, 4, 64, 64],
        [1, 1, 64, 64]
      ],
      {}
    ],
    ['scores as large as the input', [1, 3, 256, 512], [[1, 19, 256, 512]], {}],
    ['the same, channels last', [1, 257, 257, 3], [[1, 257, 257, 21]], {}],
    ['the task', [1, 3, 512, 512], [[1, 5, 64, 64]], { task: 'semantic' }]
  ])('knows a semantic segmentation model by %s', (_, input, outputs, metadata) => {
    const facts = { inputs: [tensor(input)], outputs: outputs.map(tensor), metadata }
    const { spec } = proposeSpec(facts, 'm.onnx')
    expect(spec).toMatchObject({ task: 'semantic-segmentation', family: 'pidnet' })
  })

  it('takes an output of whole numbers for a class map, and the class named background for what is not answered', () => {
    const map = { name: 'map', type: 'int64', shape: [1, 480, 640] }
    const metadata = { names: "{0: 'Background', 1: 'scratch'}" }
    const { spec } = proposeSpec({ inputs: [tensor([1, 3, 480, 640])], outputs: [map], metadata }, 'm.onnx')
    expect(spec).toMatchObject({ family: 'pidnet', options: { background: 'Background' } })
  })

  it.each([[[1, 85, 22, 22]], [[1, 255, 64, 64]], [[1, 3, 512, 512]], [[1, 1, 512, 512]]])(
    'asks what a grid %j is',
    (shape) => expect(guess([1, 3, 512, 512], shape).spec.family).toBeUndefined()
  )

  it.each([[[1, 7, 8400]], [[1, 300, 7]]])('knows rotated boxes %j by the task', (shape) => {
    const { spec, sources } = guess([1, 3, 640, 640], shape, { task: 'obb', names: "{0: 'a', 1: 'b'}" })
    expect(spec).toMatchObject({ task: 'detection', family: 'yolo-obb', classes: ['a', 'b'] })
    expect(sources).toMatchObject({ family: 'file', classes: 'file' })
  })

  it('leaves other tasks of the same exporter open', () => {
    for (const task of ['segment', 'pose']) {
      expect(guess([1, 3, 640, 640], [1, 6, 8400], { task, names: "{0: 'a', 1: 'b'}" }).spec.family).toBeUndefined()
    }
  })
})
