import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import { v2Request, type V2Parameters, type V2Request } from '../../../contract/index.ts'
import { invalidFields, Refusal } from '../../refusal.ts'
import { tooLarge } from '../body.ts'
import { parseJson } from '../handle.ts'
import { fromJson } from './jsonData.ts'
import { elementBytes, elementsOf, unpackBytes, type Tensor } from './tensor.ts'

/** A request of the protocol, its tensors' elements all as bytes. */
export interface InferRequest {
  id: string | undefined
  parameters: V2Parameters
  inputs: Tensor[]
  outputs: V2Request['outputs']
}

type Headers = Record<string, string | string[] | undefined>

const headerLength = 'inference-header-content-length'
const unzip = { gzip: promisify(gunzip), deflate: promisify(inflate) }

/**
 * Reads JSON, or JSON with binary data after it, compressed or not.
 * @param limit The largest body in bytes, also once it is decompressed.
 * @throws Refusal INVALID_REQUEST, IMAGE_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE
 */
export async function readInferRequest(body: Buffer, headers: Headers, limit: number): Promise<InferRequest> {
  const whole = await decompressed(body, headers['content-encoding'], limit)
  const end = lengthOfJson(headers[headerLength], whole.length)
  const { id, parameters = {}, inputs, outputs } = parseJson(v2Request, utf8(whole.subarray(0, end)), 'body')
  return { id, parameters, inputs: tensorsOf(inputs, whole.subarray(end)), outputs }
}

async function decompressed(body: Buffer, encoding: Headers[string], limit: number): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity') return body
  if (encoding !== 'gzip' && encoding !== 'deflate') {
    throw new Refusal(
      'UNSUPPORTED_MEDIA_TYPE',
      `The content encoding “${String(encoding)}” is not taken; gzip and deflate are.`
    )
  }
  try {
    return await unzip[encoding](body, { maxOutputLength: limit })
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(limit)
    throw new Refusal('INVALID_REQUEST', `The body is not ${encoding}: ${String(error)}`)
  }
}

function lengthOfJson(header: Headers[string], whole: number): number {
  if (header === undefined) return whole
  const length = /^\d{1,15}$/.test(String(header)) ? Number(header) : NaN
  if (length <= whole) return length
  const message = `must be the length of the JSON, at most ${whole}, not ${JSON.stringify(header)}`
  throw invalidFields([{ path: 'Inference-Header-Content-Length', message }])
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw invalidFields([{ path: 'body', message: 'the JSON must be UTF-8' }])
  }
}

/** Binary data stand in the order of the inputs, without gaps, and nothing is left over. */
function tensorsOf(inputs: V2Request['inputs'], binary: Uint8Array): Tensor[] {
  let at = 0
  const tensors = inputs.map((input) => {
    const size = binarySize(input)
    if (size === undefined) {
      return { ...checked(input, fromJson(input.data, input.datatype, input.shape, input.name)), isText: true }
    }
    if (at + size > binary.length)
      throw wrong(input.name, `has ${binary.length - at} bytes of binary data, not ${size}`)
    at += size
    return checked(input, binary.subarray(at - size, at))
  })
  if (at === binary.length) return tensors
  throw wrong('body', `has ${binary.length - at} bytes of binary data that belong to no input`)
}

function binarySize({ name, parameters, data }: V2Request['inputs'][number]): number | undefined {
  if (parameters?.['shared_memory_region'] !== undefined) throw wrong(name, 'shared memory is not supported')
  const size = parameters?.['binary_data_size']
  if (size === undefined) return undefined
  if (data !== undefined) throw wrong(name, 'has both data and binary_data_size')
  if (typeof size === 'number' && Number.isInteger(size) && size >= 0) return size
  throw wrong(name, `binary_data_size must be a whole number, not ${JSON.stringify(size)}`)
}

function checked({ name, datatype, shape }: V2Request['inputs'][number], data: Uint8Array): Tensor {
  const has = datatype === 'BYTES' ? unpackBytes(data)?.length : data.length / elementBytes[datatype]
  if (has === elementsOf(shape)) return { name, datatype, shape, data }
  if (has === undefined) throw wrong(name, 'each element of BYTES must have its length before it, in four bytes')
  throw wrong(name, `has ${has} elements; its shape [${shape.join(', ')}] says ${elementsOf(shape)}`)
}

function wrong(path: string, message: string): Refusal {
  return invalidFields([{ path, message }])
}
