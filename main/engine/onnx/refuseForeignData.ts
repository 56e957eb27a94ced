import { ModelRefusal } from '../modelRefusal.ts'
import { ProtobufError, type ProtobufReader } from './protobufReader.ts'

type Span = { start: number; end: number }
type Message = 'model' | 'graph' | 'node' | 'attribute' | 'sparse' | 'training' | 'function' | 'tensor'

/** Where tensors may stand in a model, by field number: onnx.proto. Bodies of If, Loop and Scan are attributes' graphs. */
const inner: Record<Exclude<Message, 'tensor'>, Record<number, Message>> = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  training: { 1: 'graph', 2: 'graph' },
  function: { 7: 'node', 11: 'attribute' }
}

/** Far more than bodies within bodies have; each level is three messages. */
const mostLevels = 64

/**
 * Holds every tensor of a model, those in the bodies of nodes too, against the files that its weights may lie in.
 * @param externalData Names of files beside the model; a tensor must name one of them as it stands here.
 * @throws ModelRefusal MODEL_UNSUPPORTED where the weights lie in a file that was not given: no other path is followed
 * @throws ProtobufError
 */
export function refuseForeignData(reader: ProtobufReader, model: Span, externalData: readonly string[]): Promise<void> {
  return walk(reader, 'model', model, externalData, 0)
}

async function walk(
  reader: ProtobufReader,
  message: Message,
  span: Span,
  externalData: readonly string[],
  level: number
): Promise<void> {
  if (message === 'tensor') return refuseTensor(reader, span, externalData)
  if (level > mostLevels) throw new ProtobufError(`its graphs lie more than ${mostLevels} messages within each other`)
  for await (const field of reader.fields(span.start, span.end)) {
    const part = inner[message][field.number]
    if (part && field.kind === 'bytes') await walk(reader, part, field, externalData, level + 1)
  }
}

/**
 * TensorProto: 13 external_data (StringStringEntryProto: 1 key, 2 value), 14 data_location (1: in another file). Named
 * twice, either may be the one that is followed.
 */
async function refuseTensor(reader: ProtobufReader, span: Span, externalData: readonly string[]): Promise<void> {
  const locations: string[] = []
  let isExternal = false
  for await (const field of reader.fields(span.start, span.end)) {
    if (field.number === 13 && field.kind === 'bytes') locations.push(...(await locationOf(reader, field)))
    if (field.number === 14 && field.kind === 'number') isExternal ||= BigInt.asIntN(32, field.value) === 1n
  }
  if (!isExternal) return
  const foreign = locations.length > 0 ? locations.find((one) => !externalData.includes(one)) : ''
  if (foreign !== undefined) throw missingData(foreign)
}

/** None or one. */
async function locationOf(reader: ProtobufReader, span: Span): Promise<string[]> {
  let [key, value] = ['', '']
  for await (const field of reader.fields(span.start, span.end)) {
    if (field.kind !== 'bytes') continue
    if (field.number === 1) key = await reader.text(field)
    if (field.number === 2) value = await reader.text(field)
  }
  return key === 'location' ? [value] : []
}

function missingData(location: string): ModelRefusal {
  const what = `its weights lie in another file, ${JSON.stringify(location.slice(0, 200))}`
  const how = 'give that file with the model (by its name alone, beside it), or export the model as one file'
  return new ModelRefusal('MODEL_UNSUPPORTED', `this model cannot be run: ${what}; ${how}`)
}
