import { bytes, changed, fieldsOf, join, number, text, utf8 } from './protobuf.ts'

/**
 * Moves the weights of one initializer of an ONNX file into a file of external data, as exporters do with large ones.
 * Field numbers: onnx.proto (ModelProto 7 graph; GraphProto 5 initializer; TensorProto 8 name, 9 raw_data).
 * @param location By which the model names the file.
 */
export function withExternalData(onnx: Uint8Array, initializer: string, location: string) {
  let data: Uint8Array = new Uint8Array()
  const moveOut = (tensor: Uint8Array) => {
    const fields = fieldsOf(tensor)
    if (!fields.some((field) => field.number === 8 && text(field.content) === initializer)) return tensor
    data = fields.find((field) => field.number === 9)?.content ?? data
    const rest = fields.filter((field) => field.number !== 9).map(({ whole }) => whole)
    return join([...rest, elsewhere(location, data.length)])
  }
  const model = changed(onnx, 7, (graph) => changed(graph, 5, moveOut))
  if (data.length === 0) throw new Error(`the model has no initializer “${initializer}” with raw data`)
  return { model: new Uint8Array(model), data: new Uint8Array(data) }
}

/** The fields of a TensorProto whose values lie in another file: 13 external_data, 14 data_location. */
export function elsewhere(location: string, length: number): Uint8Array {
  const entries = { location, offset: '0', length: `${length}` }
  return join([
    ...Object.entries(entries).map(([key, value]) => bytes(13, join([bytes(1, utf8(key)), bytes(2, utf8(value))]))),
    number(14, 1)
  ])
}
