import { describe, expect, it } from 'vitest'
import { modelSpec, type Inspection } from '../../../main/contract/index.ts'
import { classesOfFile, draftOf, sourceOf, specOf } from '../../../renderer/projects/modelDraft.ts'

const spec = modelSpec.parse({
  name: 'line 4',
  task: 'detection',
  family: 'yolo-detect',
  classes: ['tench, Tinca tinca', 'dent'],
  input: { width: 640, height: 480, resize: 'crop', cropShare: 0.875, mean: [0.485, 0.456, 0.406] },
  options: { layout: 'rows' }
})
const inspection: Inspection = {
  uploadId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  fileName: 'line 4.onnx',
  sha256: 'a'.repeat(64),
  bytes: 1,
  opset: 13,
  spec,
  inputs: [],
  outputs: [],
  sources: { family: 'file', classes: 'missing', 'input.width': 'file', 'input.mean': 'guess' }
}

describe('a model’s draft', () => {
  it('keeps all that was proposed', () => expect(modelSpec.parse(specOf(draftOf(inspection)))).toEqual(spec))

  it('takes numbers of more digits than a field gives as a number', () => {
    const draft = draftOf(inspection)
    const typed = { ...draft, input: { ...draft.input, scale: '0.00784313725490196' } }
    expect(modelSpec.parse(specOf(typed)).input.scale).toBe(0.00784313725490196)
    expect(modelSpec.safeParse(specOf({ ...draft, input: { ...draft.input, scale: '' } })).success).toBe(false)
  })

  it('says of each field where its value comes from', () => {
    const draft = { ...draftOf(inspection), classes: 'crane' }
    const paths = ['family', 'classes', 'input.width', 'input.mean', 'input.pad']
    const told = paths.map((path) => sourceOf(inspection, draft, path))
    expect(told).toEqual(['file', 'given', 'file', 'guess', 'default'])
    expect(sourceOf(inspection, draftOf(inspection), 'classes')).toBe('missing')
  })
})

describe('a file of labels', () => {
  it.each([
    ['dent\nscratch\n', ['dent', 'scratch']],
    ['0,tench, Tinca tinca\r\n1,goldfish\r\n', ['tench, Tinca tinca', 'goldfish']],
    ['\uFEFF1: dent\n2: scratch', ['dent', 'scratch']],
    ['"0","a; b"\n"1","c"', ['a; b', 'c']],
    ['3,5 mm\n4,5 mm\n9,0 mm', ['3,5 mm', '4,5 mm', '9,0 mm']]
  ])('%j', (text, expected) => expect(classesOfFile(text)).toEqual(expected))
})
