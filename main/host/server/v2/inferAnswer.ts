import type { FastifyReply } from 'fastify'
import type { V2Parameters, V2TensorMetadata } from '../../../contract/index.ts'
import { invalidFields, type Refusal } from '../../refusal.ts'
import type { InferRequest } from './inferRequest.ts'
import { toJson } from './jsonData.ts'
import type { Tensor } from './tensor.ts'

/** An output that the answer is to have, and in which form. */
export interface WantedOutput {
  name: string
  isBinary: boolean
}

/**
 * The outputs that a request names, in its order, or all.
 * @throws Refusal INVALID_REQUEST for one that is not there, or that is wanted in a way that is not supported
 */
export function wantedOutputs(request: InferRequest, known: readonly V2TensorMetadata[]): WantedOutput[] {
  const { parameters, outputs = [] } = request
  const allBinary = parameters['binary_data_output'] === true
  if (outputs.length === 0) return known.map(({ name }) => ({ name, isBinary: allBinary }))
  const names = known.map(({ name }) => name)
  return outputs.map(({ name, parameters: own = {} }, at) => {
    if (!names.includes(name)) throw wrong(name, `is no output; there are ${names.join(', ')}`)
    if (outputs.findIndex((output) => output.name === name) < at) throw wrong(name, 'is wanted twice')
    const strange = ['classification', 'shared_memory_region'].find((key) => own[key] !== undefined)
    if (strange !== undefined) throw wrong(name, `the parameter ${strange} is not supported`)
    return { name, isBinary: typeof own['binary_data'] === 'boolean' ? own['binary_data'] : allBinary }
  })
}

/** What an answer says beside its tensors. */
interface Head {
  model_name: string
  model_version: string
  id?: string
  parameters: V2Parameters
}

/** JSON, and after it the binary data of the outputs that are wanted so, in their order. */
export function inferAnswer(
  reply: FastifyReply,
  head: Head,
  tensors: readonly Tensor[],
  wanted: readonly WantedOutput[]
): Buffer {
  const binary = tensors.filter(({ name }) => isBinary(name, wanted)).map(({ data }) => data)
  const outputs = tensors.map(({ name, datatype, shape, data }) =>
    isBinary(name, wanted)
      ? { name, datatype, shape, parameters: { binary_data_size: data.length } }
      : { name, datatype, shape, data: toJson(data, datatype) }
  )
  const json = Buffer.from(JSON.stringify({ ...head, outputs }))
  if (binary.length === 0) return typed(reply, 'application/json; charset=utf-8', json)
  reply.header('inference-header-content-length', json.length)
  return typed(reply, 'application/octet-stream', Buffer.concat([json, ...binary]))
}

function isBinary(name: string, wanted: readonly WantedOutput[]): boolean {
  return wanted.some((output) => output.name === name && output.isBinary)
}

function typed(reply: FastifyReply, type: string, body: Buffer): Buffer {
  reply.type(type)
  return body
}

function wrong(path: string, message: string): Refusal {
  return invalidFields([{ path: `outputs.${path}`, message }])
}
