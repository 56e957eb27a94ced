import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ModelRefusal } from '../../../main/engine/modelRefusal.ts'
import { parsePythonLiteral } from '../../../main/engine/onnx/pythonLiteral.ts'
import { readModelFacts } from '../../../main/engine/onnx/readModelFacts.ts'
import { fromEngine } from '../../../main/engine/protocol.ts'
import { sampleModel, tinyModel } from './models.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lineside-facts-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The facts of a file with this content, or the refusal's code. Anything else that is thrown fails the test. */
async function read(content: Uint8Array, externalData: string[] = []) {
  const path = join(folder, 'model.onnx')
  await writeFile(path, content)
  return readModelFacts(path, externalData).catch((error: unknown) => {
    if (error instanceof ModelRefusal) return error.code
    throw error
  })
}

/** A field of a protobuf message: its number and bytes. */
function field(number: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([varint((number << 3) | 2), varint(content.length), content])
}

function varint(value: number): Uint8Array {
  const bytes = []
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value & 127) | 128)
  return Uint8Array.from([...bytes, value])
}

describe('readModelFacts', () => {
  it('reads the sample detector', async () => {
    const facts = await readModelFacts(sampleModel('bare-boards'))
    expect(facts.inputs).toEqual([{ name: 'images', type: 'float32', shape: [1, 3, 640, 640] }])
    expect(facts.outputs).toMatchObject([{ name: 'output0', type: 'float32', shape: [1, 10, expect.any(Number)] }])
    expect(facts.metadata).toMatchObject({ task: 'detect', imgsz: '[640, 640]' })
    expect(parsePythonLiteral(facts.metadata['names'] ?? '')).toEqual({
      ok: true,
      value: { 0: 'open', 1: 'short', 2: 'mousebite', 3: 'spur', 4: 'copper', 5: 'pin-hole' }
    })
    expect(facts.opset).toBeGreaterThanOrEqual(11)
  })

  it('reads the sample classifier', async () => {
    const facts = await readModelFacts(sampleModel('board-check'))
    expect(facts.inputs).toMatchObject([{ type: 'float32', shape: [1, 3, 640, 640] }])
    expect(facts.outputs).toMatchObject([{ type: 'float32', shape: [1, 2] }])
  })

  it('reads element types, dynamic axes and the operator set', async () => {
    const facts = await readModelFacts(tinyModel('logits-dynamic'))
    expect(facts.inputs).toEqual([{ name: 'images', type: 'float32', shape: ['batch', 3, 'h', 'w'] }])
    expect(facts.opset).toBe(13)
    expect((await readModelFacts(tinyModel('half'))).inputs[0]?.type).toBe('float16')
    expect((await readModelFacts(tinyModel('byte'))).inputs[0]?.type).toBe('uint8')
  })

  it('leaves out the initializers that old files list among the inputs', async () => {
    expect((await readModelFacts(tinyModel('logits-old'))).inputs.map(({ name }) => name)).toEqual(['images'])
  })

  it('tells a missing file from one that is no model', async () => {
    await expect(readModelFacts(join(folder, 'nowhere.onnx'))).rejects.toMatchObject({ code: 'MODEL_MISSING' })
    await expect(readModelFacts(folder)).rejects.toMatchObject({ code: 'MODEL_UNREADABLE' })
    expect(await read(new Uint8Array())).toBe('MODEL_UNREADABLE')
    expect(await read(Buffer.from('%PDF-1.7 no model'))).toBe('MODEL_UNREADABLE')
    expect(await read(field(7, new Uint8Array()))).toBe('MODEL_UNREADABLE')
  })

  it('refuses every truncation of a model within its graph, without a crash', async () => {
    const whole = await readFile(tinyModel('logits'))
    for (let length = 0; length < whole.length - 10; length++) {
      const seen = await read(whole.subarray(0, length))
      expect(typeof seen === 'string' ? seen : seen.outputs.length).toSatisfy(
        (it) => it === 'MODEL_UNREADABLE' || it === 1
      )
    }
    const large = await readFile(sampleModel('bare-boards'))
    for (const length of [1, 100, 65_536, 65_537, 1_000_000]) {
      expect(await read(large.subarray(0, length))).toBe('MODEL_UNREADABLE')
    }
  })

  it('refuses or reads whatever it is given, and says nothing that the protocol cannot carry', async () => {
    const whole = await readFile(tinyModel('rows-end2end'))
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
    const changed = changes.map((some) => {
      const bytes = Uint8Array.from(whole)
      for (const [at, value] of some) bytes[at] = value
      return bytes
    })
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), changed), async (content) => {
        const seen = await read(content)
        if (typeof seen === 'string') {
          expect(seen).toMatch(/^MODEL_(UNREADABLE|UNSUPPORTED)$/)
          return
        }
        const proposal = { spec: { name: 'm', version: '1', input: {}, options: {} }, sources: {} }
        expect(fromEngine.safeParse({ kind: 'inspected', ...seen, proposal }).error).toBeUndefined()
      }),
      { numRuns: 300 }
    )
  })

  it('refuses weights that lie in other files: no path in a file is followed', async () => {
    const external = Buffer.concat([field(8, Buffer.from('w')), varint(14 << 3), varint(1)])
    const output = field(12, field(1, Buffer.from('out')))
    expect(await read(field(7, Buffer.concat([field(5, external), output])))).toBe('MODEL_UNSUPPORTED')
    expect(await read(field(7, Buffer.concat([field(5, field(8, Buffer.from('w'))), output])))).toMatchObject({
      outputs: [{ name: 'out' }]
    })
  })

  it('takes weights from the files that were given, by their own name alone', async () => {
    const entry = (key: string, value: string) =>
      field(13, Buffer.concat([field(1, Buffer.from(key)), field(2, Buffer.from(value))]))
    const output = field(12, field(1, Buffer.from('out')))
    const at = (location: string) => {
      const tensor = Buffer.concat([varint(14 << 3), varint(1), entry('offset', '0'), entry('location', location)])
      return field(7, Buffer.concat([field(5, tensor), output]))
    }
    expect(await read(at('w.bin'), ['w.bin'])).toMatchObject({ outputs: [{ name: 'out' }] })
    for (const location of ['v.bin', './w.bin', '/w.bin', '']) {
      expect(await read(at(location), ['w.bin'])).toBe('MODEL_UNSUPPORTED')
    }
  })

  /** Paths of field numbers from the model to a tensor: onnx.proto. */
  it.each([
    ['a body of If, Loop or Scan', [7, 1, 5, 6, 5]],
    ['one of several bodies', [7, 1, 5, 11, 5]],
    ['a body within a body', [7, 1, 5, 6, 1, 5, 6, 5]],
    ['a constant', [7, 1, 5, 5]],
    ['a constant in a body', [7, 1, 5, 6, 1, 5, 10]],
    ['sparse weights', [7, 15, 1]],
    ['a sparse constant’s places', [7, 1, 5, 22, 2]],
    ['a function', [25, 7, 5, 5]],
    ['a graph for training', [20, 2, 5]]
  ])('finds weights in other files wherever they are named: %s', async (_, path) => {
    const entry = (key: string, value: string) =>
      field(13, Buffer.concat([field(1, Buffer.from(key)), field(2, Buffer.from(value))]))
    const tensor = (location: string) => Buffer.concat([entry('location', location), varint(14 << 3), varint(1)])
    const output = field(7, field(12, field(1, Buffer.from('out'))))
    // The innermost first; where the path begins in the graph, its output stands in the same graph.
    const within = (numbers: number[], content: Uint8Array) =>
      numbers.reduceRight((inner, number) => field(number, inner), content)
    const model = (location: string) => {
      if (path[0] !== 7) return Buffer.concat([output, within(path, tensor(location))])
      const graph = Buffer.concat([field(12, field(1, Buffer.from('out'))), within(path.slice(1), tensor(location))])
      return field(7, graph)
    }
    expect(await read(model('w.bin'), ['w.bin'])).toMatchObject({ outputs: [{ name: 'out' }] })
    for (const location of ['w.bin', '../w.bin', '/etc/hostname', 'C:\\w.bin', '']) {
      expect(await read(model(location), ['v.bin']), location).toBe('MODEL_UNSUPPORTED')
    }
  })

  it('takes a tensor that names two files for one of the worse', async () => {
    const entry = (value: string) =>
      field(13, Buffer.concat([field(1, Buffer.from('location')), field(2, Buffer.from(value))]))
    const output = field(12, field(1, Buffer.from('out')))
    for (const names of [
      ['w.bin', '../x'],
      ['../x', 'w.bin']
    ]) {
      const tensor = Buffer.concat([...names.map(entry), varint(14 << 3), varint(1)])
      expect(await read(field(7, Buffer.concat([field(5, tensor), output])), ['w.bin'])).toBe('MODEL_UNSUPPORTED')
    }
  })

  it('does not follow graphs within graphs without end', async () => {
    let graph: Uint8Array = new Uint8Array()
    for (let depth = 0; depth < 1000; depth++) graph = field(1, field(5, field(6, graph)))
    const output = field(12, field(1, Buffer.from('out')))
    expect(await read(field(7, Buffer.concat([output, graph])))).toBe('MODEL_UNREADABLE')
  })

  it('does not follow lengths beyond the file, nor endless numbers', async () => {
    expect(await read(Uint8Array.from([0x3a, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]))).toBe('MODEL_UNREADABLE')
    expect(await read(Uint8Array.from([0x38, ...Array<number>(20).fill(255)]))).toBe('MODEL_UNREADABLE')
    expect(await read(Buffer.concat([field(14, field(1, new Uint8Array(3_000_000)))]))).toBe('MODEL_UNREADABLE')
  })

  it('takes an axis that is no number of ours as unknown', async () => {
    const axis = field(1, Uint8Array.from([0x08, 255, 255, 255, 255, 255, 255, 255, 255, 127]))
    const tensor = field(1, Buffer.concat([Uint8Array.from([0x08, 1]), field(2, axis)]))
    const value = Buffer.concat([field(1, Buffer.from('out')), field(2, tensor)])
    expect(await read(field(7, field(12, value)))).toMatchObject({ outputs: [{ name: 'out', shape: [null] }] })
  })
})
