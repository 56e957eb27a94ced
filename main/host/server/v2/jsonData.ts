import type { Datatype } from '../../../contract/index.ts'
import { invalidFields, type Refusal } from '../../refusal.ts'
import { elementBytes, packBytes, unpackBytes } from './tensor.ts'

type Numeric = Exclude<Datatype, 'BYTES' | 'BOOL'>

const write: Record<Numeric, (view: DataView, at: number, value: number) => void> = {
  UINT8: (view, at, value) => view.setUint8(at, value),
  UINT16: (view, at, value) => view.setUint16(at, value, true),
  UINT32: (view, at, value) => view.setUint32(at, value, true),
  UINT64: (view, at, value) => view.setBigUint64(at, BigInt(value), true),
  INT8: (view, at, value) => view.setInt8(at, value),
  INT16: (view, at, value) => view.setInt16(at, value, true),
  INT32: (view, at, value) => view.setInt32(at, value, true),
  INT64: (view, at, value) => view.setBigInt64(at, BigInt(value), true),
  FP16: (view, at, value) => view.setFloat16(at, value, true),
  FP32: (view, at, value) => view.setFloat32(at, value, true),
  FP64: (view, at, value) => view.setFloat64(at, value, true)
}

const read: Record<Numeric, (view: DataView, at: number) => number> = {
  UINT8: (view, at) => view.getUint8(at),
  UINT16: (view, at) => view.getUint16(at, true),
  UINT32: (view, at) => view.getUint32(at, true),
  UINT64: (view, at) => Number(view.getBigUint64(at, true)),
  INT8: (view, at) => view.getInt8(at),
  INT16: (view, at) => view.getInt16(at, true),
  INT32: (view, at) => view.getInt32(at, true),
  INT64: (view, at) => Number(view.getBigInt64(at, true)),
  FP16: (view, at) => view.getFloat16(at, true),
  FP32: (view, at) => view.getFloat32(at, true),
  FP64: (view, at) => view.getFloat64(at, true)
}

/** Whole numbers' least and greatest value; none for the others. Beyond 2^53 JSON's numbers are not exact. */
const ranges: Partial<Record<Datatype, [number, number]>> = {
  UINT8: [0, 2 ** 8 - 1],
  UINT16: [0, 2 ** 16 - 1],
  UINT32: [0, 2 ** 32 - 1],
  UINT64: [0, Number.MAX_SAFE_INTEGER],
  INT8: [-(2 ** 7), 2 ** 7 - 1],
  INT16: [-(2 ** 15), 2 ** 15 - 1],
  INT32: [-(2 ** 31), 2 ** 31 - 1],
  INT64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]
}

/**
 * A tensor's elements from JSON, row by row, nested or flat, to the bytes of the binary extension. Texts of BYTES
 * become their UTF-8. FP16 is not taken: JSON has no form for it that the protocol names.
 * @param path Where it stands, for refusals.
 * @throws Refusal INVALID_REQUEST
 */
export function fromJson(data: unknown, datatype: Datatype, shape: readonly number[], path: string): Uint8Array {
  const elements = flat(data, shape.length, path)
  if (datatype === 'BYTES') return packBytes(elements.map((element) => textOf(element, path)))
  if (datatype === 'FP16') throw wrong(path, 'FP16 is taken as binary data only')
  if (datatype === 'BOOL') return Uint8Array.from(elements, (element) => Number(booleanOf(element, path)))
  const size = elementBytes[datatype]
  const bytes = new Uint8Array(elements.length * size)
  const view = new DataView(bytes.buffer)
  const range = ranges[datatype]
  elements.forEach((element, at) => write[datatype](view, at * size, numberOf(element, range, path)))
  return bytes
}

/** Elements for JSON. Whole numbers beyond 2^53 are rounded, and what is no number is null: binary data are exact. */
export function toJson(data: Uint8Array, datatype: Datatype): unknown[] {
  if (datatype === 'BYTES') return (unpackBytes(data) ?? []).map((element) => new TextDecoder().decode(element))
  if (datatype === 'BOOL') return Array.from(data, (value) => value !== 0)
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const size = elementBytes[datatype]
  return Array.from({ length: data.length / size }, (_, at) => read[datatype](view, at * size))
}

function flat(data: unknown, depth: number, path: string): unknown[] {
  if (!Array.isArray(data)) throw wrong(path, 'must be a list of the tensor’s elements')
  let elements: unknown[] = data
  for (let level = 1; level < depth && elements.some(Array.isArray); level++) elements = elements.flat(1)
  return elements
}

function textOf(element: unknown, path: string): Uint8Array {
  if (typeof element !== 'string') throw wrong(path, 'elements of BYTES must be texts')
  return Buffer.from(element, 'utf8')
}

function booleanOf(element: unknown, path: string): boolean {
  if (typeof element !== 'boolean') throw wrong(path, 'elements of BOOL must be true or false')
  return element
}

function numberOf(element: unknown, range: [number, number] | undefined, path: string): number {
  if (typeof element !== 'number') throw wrong(path, 'elements must be numbers')
  if (!range) return element
  if (Number.isInteger(element) && element >= range[0] && element <= range[1]) return element
  throw wrong(path, `${element} must be a whole number from ${range[0]} to ${range[1]}`)
}

function wrong(path: string, message: string): Refusal {
  return invalidFields([{ path, message }])
}
