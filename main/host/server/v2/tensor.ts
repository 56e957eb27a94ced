import type { Datatype } from '../../../contract/index.ts'

/** A tensor as the protocol has it; `data` its elements as the binary extension has them. */
export interface Tensor {
  name: string
  datatype: Datatype
  shape: readonly number[]
  data: Uint8Array
  /** The elements came as JSON's texts. */
  isText?: boolean
}

/** The names that ONNX Runtime has for element types. */
const runtimeTypes: Partial<Record<Datatype, string>> = {
  BOOL: 'bool',
  UINT8: 'uint8',
  UINT16: 'uint16',
  UINT32: 'uint32',
  UINT64: 'uint64',
  INT8: 'int8',
  INT16: 'int16',
  INT32: 'int32',
  INT64: 'int64',
  FP16: 'float16',
  FP32: 'float32',
  FP64: 'float64'
}

const datatypes = new Map(Object.entries(runtimeTypes).map(([name, type]) => [type, name as Datatype]))

/** How many bytes an element has; those of BYTES have none of their own. */
export const elementBytes: Record<Exclude<Datatype, 'BYTES'>, number> = {
  BOOL: 1,
  UINT8: 1,
  UINT16: 2,
  UINT32: 4,
  UINT64: 8,
  INT8: 1,
  INT16: 2,
  INT32: 4,
  INT64: 8,
  FP16: 2,
  FP32: 4,
  FP64: 8
}

export function toRuntimeType(datatype: Datatype): string {
  return runtimeTypes[datatype] ?? 'string'
}

/** What ONNX Runtime has and the protocol has not (texts) is told as BYTES. */
export function toDatatype(runtimeType: string): Datatype {
  return datatypes.get(runtimeType) ?? 'BYTES'
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}

/** Elements of BYTES: each with its length before it, four bytes, little-endian. */
export function packBytes(elements: readonly Uint8Array[]): Uint8Array {
  const parts = elements.flatMap((element) => {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(element.length)
    return [length, element]
  })
  return Buffer.concat(parts)
}

/** The opposite; undefined where the lengths do not fit the data. Elements are views, not copies. */
export function unpackBytes(data: Uint8Array): Uint8Array[] | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const elements: Uint8Array[] = []
  let at = 0
  while (at < data.length) {
    if (at + 4 > data.length) return undefined
    const end = at + 4 + view.getUint32(at, true)
    if (end > data.length) return undefined
    elements.push(data.subarray(at + 4, end))
    at = end
  }
  return elements
}
