import { open } from 'node:fs/promises'
import type { TensorInfo } from '../../contract/model.ts'
import type { ModelFacts } from '../families/family.ts'
import { ModelRefusal } from '../modelRefusal.ts'
import { ProtobufError, ProtobufReader, type Field } from './protobufReader.ts'
import { refuseForeignData } from './refuseForeignData.ts'

/** What an ONNX file says of itself, its operator set included. */
export interface OnnxFacts extends ModelFacts {
  opset: number | null
}

type Span = { start: number; end: number }

/** What crosses to the host is parsed there, on the thread that serves the line: no real model comes near these. */
const mostTensors = 1000
const mostAxes = 64
const mostProperties = 1000

/** TensorProto.DataType of onnx.proto. */
const elementTypes = [
  'undefined', 'float32', 'uint8', 'int8', 'uint16', 'int16', 'int32', 'int64', 'string', 'bool', 'float16', 'float64',
  'uint32', 'uint64', 'complex64', 'complex128', 'bfloat16'
] // prettier-ignore

/**
 * Reads inputs, outputs, metadata and operator set without loading weights. Field numbers: onnx.proto (ModelProto:
 * 7 graph, 8 opset_import, 14 metadata_props; GraphProto: 5 initializer, 11 input, 12 output; TensorProto: 8 name).
 * @param externalData Names of the files beside it from which weights may be read.
 * @throws ModelRefusal MODEL_MISSING, MODEL_UNREADABLE, MODEL_UNSUPPORTED (external data)
 */
export async function readModelFacts(path: string, externalData: readonly string[] = []): Promise<OnnxFacts> {
  const file = await open(path).catch((error: unknown) => {
    throw new ModelRefusal('MODEL_MISSING', `the model file cannot be opened (${codeOf(error)})`)
  })
  try {
    const { size } = await file.stat()
    const [reader, whole] = [new ProtobufReader(file), { start: 0, end: size }]
    const facts = await readModel(reader, whole)
    await refuseForeignData(reader, whole, externalData)
    return facts
  } catch (error) {
    if (codeOf(error) === 'EISDIR') throw new ModelRefusal('MODEL_UNREADABLE', 'the path is a folder, not a file')
    if (!(error instanceof ProtobufError)) throw error
    throw new ModelRefusal('MODEL_UNREADABLE', `the file is not an ONNX model, or not a whole one (${error.message})`)
  } finally {
    await file.close()
  }
}

/** The system's short word for what failed, such as `ENOENT`. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

async function readModel(reader: ProtobufReader, span: Span): Promise<OnnxFacts> {
  const facts: OnnxFacts = { inputs: [], outputs: [], metadata: {}, opset: null }
  let [graphs, properties] = [0, 0]
  for await (const field of reader.fields(span.start, span.end)) {
    if (field.kind !== 'bytes') continue
    if (field.number === 7) {
      graphs++
      Object.assign(facts, await readGraph(reader, field))
    } else if (field.number === 8) facts.opset = (await readOpset(reader, field)) ?? facts.opset
    else if (field.number === 14) {
      if (++properties > mostProperties) throw new ProtobufError(`it has more than ${mostProperties} properties`)
      Object.assign(facts.metadata, await readProperty(reader, field))
    }
  }
  if (graphs !== 1 || facts.outputs.length === 0) throw new ProtobufError('it holds no graph with outputs')
  return facts
}

/** Old files list initializers among the inputs: they are left out. */
async function readGraph(reader: ProtobufReader, span: Span): Promise<Pick<OnnxFacts, 'inputs' | 'outputs'>> {
  const inputs: TensorInfo[] = []
  const outputs: TensorInfo[] = []
  const initializers = new Set<string>()
  for await (const field of reader.fields(span.start, span.end)) {
    if (field.kind !== 'bytes') continue
    if (field.number === 5) initializers.add(await textOf(reader, field, 8))
    else if (field.number === 11) inputs.push(await readTensorInfo(reader, field))
    else if (field.number === 12) outputs.push(await readTensorInfo(reader, field))
  }
  const given = inputs.filter(({ name }) => !initializers.has(name))
  if (Math.max(given.length, outputs.length) <= mostTensors) return { inputs: given, outputs }
  throw new ProtobufError(`it has ${given.length} inputs and ${outputs.length} outputs`)
}

/** ValueInfoProto → TypeProto → Tensor: element type and shape. */
async function readTensorInfo(reader: ProtobufReader, span: Span): Promise<TensorInfo> {
  const info: TensorInfo = { name: await textOf(reader, span, 1), type: 'undefined', shape: [] }
  const type = await spanOf(reader, span, 2)
  const tensor = type && (await spanOf(reader, type, 1))
  if (!tensor) return info
  for await (const field of reader.fields(tensor.start, tensor.end)) {
    if (field.number === 1 && field.kind === 'number') info.type = elementTypes[Number(field.value)] ?? 'unknown'
    if (field.number === 2 && field.kind === 'bytes') info.shape = await readShape(reader, field)
  }
  return info
}

async function readShape(reader: ProtobufReader, span: Span): Promise<TensorInfo['shape']> {
  const shape: TensorInfo['shape'] = []
  for await (const field of reader.fields(span.start, span.end)) {
    if (field.number === 1 && field.kind === 'bytes') shape.push(await readAxis(reader, field))
    if (shape.length > mostAxes) throw new ProtobufError(`a tensor has more than ${mostAxes} axes`)
  }
  return shape
}

async function readAxis(reader: ProtobufReader, span: Span): Promise<number | string | null> {
  for await (const field of reader.fields(span.start, span.end)) {
    if (field.number === 1 && field.kind === 'number') return safeInteger(field.value)
    if (field.number === 2 && field.kind === 'bytes') return reader.text(field)
  }
  return null
}

/** Null where no number of ours can hold it. */
function safeInteger(value: bigint): number | null {
  const number = Number(BigInt.asIntN(64, value))
  return Number.isSafeInteger(number) ? number : null
}

/** The version of the default domain. */
async function readOpset(reader: ProtobufReader, span: Span): Promise<number | null> {
  let version: number | null = null
  let domain = ''
  for await (const field of reader.fields(span.start, span.end)) {
    if (field.number === 1 && field.kind === 'bytes') domain = await reader.text(field)
    if (field.number === 2 && field.kind === 'number') version = safeInteger(field.value)
  }
  return domain === '' || domain === 'ai.onnx' ? version : null
}

async function readProperty(reader: ProtobufReader, span: Span): Promise<Record<string, string>> {
  return { [await textOf(reader, span, 1)]: await textOf(reader, span, 2) }
}

async function textOf(reader: ProtobufReader, span: Span, number: number): Promise<string> {
  const found = await spanOf(reader, span, number)
  return found ? reader.text(found) : ''
}

async function spanOf(reader: ProtobufReader, span: Span, number: number): Promise<Span | undefined> {
  for await (const field of reader.fields(span.start, span.end)) {
    if (isBytes(field) && field.number === number) return field
  }
  return undefined
}

function isBytes(field: Field): field is Extract<Field, { kind: 'bytes' }> {
  return field.kind === 'bytes'
}
