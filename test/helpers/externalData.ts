/**
 * Moves the weights of one initializer of an ONNX file into a file of external data, as exporters do with large ones.
 * Field numbers: onnx.proto (ModelProto 7 graph; GraphProto 5 initializer; TensorProto 8 name, 9 raw_data,
 * 13 external_data, 14 data_location).
 * @param location By which the model names the file.
 */
export function withExternalData(onnx: Uint8Array, initializer: string, location: string) {
  let data: Uint8Array = new Uint8Array()
  const moveOut = (tensor: Uint8Array) => {
    const fields = fieldsOf(tensor)
    if (!fields.some(({ number, content }) => number === 8 && text(content) === initializer)) return tensor
    data = fields.find(({ number }) => number === 9)?.content ?? data
    const entries = { location, offset: '0', length: `${data.length}` }
    return join([
      ...fields.filter(({ number }) => number !== 9).map(({ whole }) => whole),
      ...Object.entries(entries).map(([key, value]) => bytes(13, join([bytes(1, utf8(key)), bytes(2, utf8(value))]))),
      Uint8Array.of(14 << 3, 1)
    ])
  }
  const model = changed(onnx, 7, (graph) => changed(graph, 5, moveOut))
  if (data.length === 0) throw new Error(`the model has no initializer “${initializer}” with raw data`)
  return { model: new Uint8Array(model), data: new Uint8Array(data) }
}

interface Field {
  number: number
  whole: Uint8Array
  content: Uint8Array
}

function changed(message: Uint8Array, number: number, change: (content: Uint8Array) => Uint8Array): Uint8Array {
  return join(
    fieldsOf(message).map((field) => (field.number === number ? bytes(number, change(field.content)) : field.whole))
  )
}

function fieldsOf(message: Uint8Array): Field[] {
  const fields: Field[] = []
  for (let at = 0; at < message.length;) {
    const key = readVarint(message, at)
    const wire = key.value % 8
    const head = readVarint(message, key.next)
    const start = wire === 2 ? head.next : key.next
    const end = wire === 2 ? start + head.value : wire === 0 ? head.next : start + (wire === 1 ? 8 : 4)
    fields.push({
      number: Math.floor(key.value / 8),
      whole: message.subarray(at, end),
      content: message.subarray(start, end)
    })
    at = end
  }
  return fields
}

function readVarint(message: Uint8Array, from: number): { value: number; next: number } {
  let [value, at] = [0, from]
  for (let factor = 1; ; factor *= 128) {
    const byte = message[at++] ?? 0
    value += (byte & 127) * factor
    if (byte < 128) return { value, next: at }
  }
}

function bytes(number: number, content: Uint8Array): Uint8Array {
  return join([varint(number * 8 + 2), varint(content.length), content])
}

function varint(value: number): Uint8Array {
  const digits = []
  for (; value > 127; value = Math.floor(value / 128)) digits.push((value & 127) | 128)
  return Uint8Array.from([...digits, value])
}

function join(parts: Uint8Array[]): Uint8Array {
  return Buffer.concat(parts)
}

function utf8(value: string): Uint8Array {
  return new TextEncoder().encode(value)
}

function text(value: Uint8Array): string {
  return new TextDecoder().decode(value)
}
