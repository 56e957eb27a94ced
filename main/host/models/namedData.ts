import { createReadStream } from 'node:fs'

/**
 * Which of the files a model's file names as its external data. Looks for the bytes by which protobuf writes such a
 * name (onnx.proto, StringStringEntryProto: 2 value), so that no weights need to be understood.
 */
export async function namedData(path: string, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return []
  const wanted = new Map(names.map((name) => [name, entryValue(name)]))
  const overlap = Math.max(...[...wanted.values()].map(({ length }) => length))
  const found = new Set<string>()
  let before = Buffer.alloc(0)
  const file: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 1024 * 1024 })
  for await (const chunk of file) {
    const bytes = Buffer.concat([before, chunk])
    for (const [name, value] of wanted) if (bytes.includes(value)) found.add(name)
    before = bytes.subarray(Math.max(0, bytes.length - overlap))
  }
  return names.filter((name) => found.has(name))
}

function entryValue(name: string): Buffer {
  const text = Buffer.from(name)
  const length = text.length < 128 ? [text.length] : [(text.length & 127) | 128, text.length >> 7]
  return Buffer.from([(2 << 3) | 2, ...length, ...text])
}
