import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  givenMetadata,
  predictQuery,
  type Model,
  type PredictAnswer,
  type V2Parameters,
  type V2TensorMetadata
} from '../../../contract/index.ts'
import type { Inferences } from '../../inference/inferences.ts'
import type { Served, TensorAnswer } from '../../inference/tensorRequest.ts'
import { invalidFields, type Refusal } from '../../refusal.ts'
import { tooLarge } from '../body.ts'
import { parse } from '../handle.ts'
import { decodeBase64, headerMetadata, mustNotBeEmpty } from '../predictRequest.ts'
import { inferAnswer, wantedOutputs } from './inferAnswer.ts'
import type { InferRequest } from './inferRequest.ts'
import { describeNetwork, versionOf } from './modelMetadata.ts'
import { pictureInput, pictureOutputsOf, pictureTensors } from './pictureTensors.ts'
import { toDatatype, toRuntimeType, unpackBytes, type Tensor } from './tensor.ts'

const metadataPrefix = 'metadata.'
const options = predictQuery.pick({ masks: true, deadlineMs: true })

/** One request of the protocol on its way through an inference. */
export interface Inferring {
  inferences: Inferences
  slug: string
  served: Served
  request: FastifyRequest
  reply: FastifyReply
  given: InferRequest
  /** The largest picture in bytes. */
  limit: number
}

/** A picture's way is predict's. @throws Refusal as predict */
export async function inferPicture(inferring: Inferring): Promise<Buffer> {
  const { inferences, slug, served, request, reply, given, limit } = inferring
  const { spec } = served.model
  const wanted = wantedOutputs(given, pictureOutputsOf(spec))
  const { masks, deadlineMs } = optionsOf(given.parameters)
  const answer = await inferences.predict(slug, {
    requestId: request.id,
    image: pictureOf(given, limit),
    metadata: { ...headerMetadata(request), ...metadataOf(given.parameters) },
    isTry: false,
    deadlineMs,
    // Without masks the output `areas` would be without its numbers.
    masks: masks === 'none' ? 'polygon' : masks
  })
  const model = await computing(inferring, answer)
  const names = wanted.map(({ name }) => name)
  return inferAnswer(
    reply,
    { ...head(inferring, versionOf(model)), parameters: facts(answer, request.id) },
    pictureTensors(answer, model.spec, names, masks),
    wanted
  )
}

/** The network's own tensors, in and out. @throws Refusal as `Inferences.infer` */
export async function inferTensors(inferring: Inferring): Promise<Buffer> {
  const { inferences, slug, served, request, reply, given } = inferring
  const known: V2TensorMetadata[] = served.tensors ? describeNetwork(served.tensors).outputs : []
  const { deadlineMs } = optionsOf(given.parameters)
  // Without a ready instance the outputs are not known, and nobody need ask for them: the next line refuses.
  const wanted = served.tensors ? wantedOutputs(given, known) : []
  const answer = await inferences.infer(slug, { inputs: given.inputs.map(toRaw), deadlineMs })
  const outputs = wanted.flatMap(({ name }) => answer.outputs.filter((output) => output.name === name))
  const tensors = outputs.map(({ name, type, dims, data }) => ({ name, datatype: toDatatype(type), shape: dims, data }))
  return inferAnswer(reply, { ...head(inferring, 'raw'), parameters: facts(answer, request.id) }, tensors, wanted)
}

/** The model that answered: another than before where the run went over to it meanwhile. */
async function computing({ inferences, slug, served: { model } }: Inferring, answer: PredictAnswer): Promise<Model> {
  return answer.model.id === model.id ? model : (await inferences.served(slug)).model
}

function head({ slug, given: { id } }: Inferring, version: string) {
  return { model_name: slug, model_version: version, ...(id !== undefined && { id }) }
}

function facts(answer: PredictAnswer | TensorAnswer, requestId: string): V2Parameters {
  const { runId, timing } = answer
  const both = { request_id: requestId, run_id: runId, total_ms: timing.totalMs }
  if (!('sample' in answer)) return both
  const { sample, verdict } = answer
  return { ...both, ...(sample?.id && { sample_id: sample.id }), ...(verdict && { verdict: verdict.outcome }) }
}

/** The picture's file: as it is in binary data, in base64 in JSON. */
function pictureOf({ inputs }: InferRequest, limit: number): Uint8Array {
  const [input, ...others] = inputs
  if (!input || others.length > 0 || input.name !== pictureInput.name) {
    throw wrong('inputs', `a picture comes alone, as the BYTES tensor “${pictureInput.name}”`)
  }
  const [file] = unpackBytes(input.data) ?? []
  if (!file || input.shape.some((length) => length !== 1) || input.shape.length > 2) {
    throw wrong(input.name, `must have the shape [1] or [1, 1], not [${input.shape.join(', ')}]: one picture a request`)
  }
  const image = input.isText ? decodeBase64(Buffer.from(file).toString('latin1')) : file
  if (image.length > limit) throw tooLarge(limit)
  return mustNotBeEmpty(image)
}

function metadataOf(parameters: V2Parameters): Record<string, string> {
  const own = Object.entries(parameters).filter(([key]) => key.startsWith(metadataPrefix))
  return parse(
    givenMetadata,
    Object.fromEntries(own.map(([key, value]) => [key.slice(metadataPrefix.length), value])),
    'metadata'
  )
}

/** `timeout` is what Triton's clients send, in microseconds. */
function optionsOf({ masks, deadlineMs, timeout }: V2Parameters) {
  const fromTimeout = typeof timeout === 'number' && timeout > 0 ? Math.max(1, Math.ceil(timeout / 1000)) : undefined
  const given = parse(options, { masks, deadlineMs: deadlineMs ?? fromTimeout }, 'parameters')
  return { masks: given.masks, deadlineMs: given.deadlineMs }
}

function toRaw({ name, datatype, shape, data }: Tensor) {
  return { name, type: toRuntimeType(datatype), dims: [...shape], data }
}

function wrong(path: string, message: string): Refusal {
  return invalidFields([{ path, message }])
}
