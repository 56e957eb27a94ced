import { describe, expect, it } from 'vitest'
import type { InputTensor } from '../../../main/engine/inputTensor.ts'
import { runOfTensors, TensorError } from '../../../main/engine/rawTensors.ts'
import type { RawTensor } from '../../../main/engine/protocol.ts'

const input: InputTensor = { name: 'x', type: 'float32', layout: 'nchw', dims: [1, 1, 1, 2], dynamicBatch: false }
const given = (type: string, bytes: number[]): RawTensor => ({
  ...{ name: 'x', type, dims: [1, 1, 1, 2] },
  data: Uint8Array.from(bytes)
})

describe('tensors for the network as they are', () => {
  it('are read little-endian: 1 and -2.5 in each type', () => {
    const floats = runOfTensors(input, [given('float32', [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0])])
    expect([...floats.data]).toEqual([1, -2.5])
    const halves = runOfTensors({ ...input, type: 'float16' }, [given('float16', [0, 0x3c, 0, 0xc1])])
    expect([...halves.data]).toEqual([1, -2.5])
    const octets = runOfTensors({ ...input, type: 'uint8' }, [given('uint8', [1, 255])])
    expect([...octets.data]).toEqual([1, 255])
  })

  it('may begin anywhere in their buffer', () => {
    const buffer = Uint8Array.from([9, 0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0])
    const { data } = runOfTensors(input, [{ ...given('float32', []), data: buffer.subarray(1) }])
    expect([...data]).toEqual([1, -2.5])
  })

  it('have the picture’s sizes as the second input, or their own', () => {
    const two: InputTensor = { ...input, sizes: { name: 'sizes', values: [640, 480] } }
    const one = given('float32', [0, 0, 0, 0, 0, 0, 0, 0])
    const sizes = {
      name: 'sizes',
      type: 'int64',
      dims: [1, 2],
      data: Uint8Array.from([1, 2, ...zeros(6), 3, ...zeros(7)])
    }
    expect(runOfTensors(two, [one]).sizes?.values).toEqual([640, 480])
    expect(runOfTensors(two, [sizes, one]).sizes?.values).toEqual([513, 3])
    expect(() => runOfTensors(two, [one, { ...sizes, dims: [2] }])).toThrow(TensorError)
    expect(() => runOfTensors(input, [one, sizes])).toThrow('no input “sizes”')
  })

  it('are refused in another type, shape or length', () => {
    expect(() => runOfTensors(input, [])).toThrow('missing')
    expect(() => runOfTensors(input, [given('float64', [])])).toThrow(TensorError)
    expect(() => runOfTensors(input, [{ ...given('float32', []), dims: [2] }])).toThrow('[1, 1, 1, 2]')
    expect(() => runOfTensors(input, [given('float32', [0])])).toThrow('1 bytes')
  })
})

const zeros = (length: number) => Array.from({ length }, () => 0)
