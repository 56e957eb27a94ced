import { z } from 'zod'

/** What the protocol's text says of an answer to infer, written down apart from the code that makes it. */
const inferenceResponse = z.strictObject({
  model_name: z.string(),
  model_version: z.string().optional(),
  id: z.string().optional(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  outputs: z.array(
    z.strictObject({
      name: z.string(),
      shape: z.array(z.number().int().min(0)),
      datatype: z.enum(['BOOL', 'UINT8', 'INT32', 'INT64', 'FP16', 'FP32', 'BYTES']),
      parameters: z.object({ binary_data_size: z.number().int() }).optional(),
      data: z.array(z.unknown()).optional()
    })
  )
})

export interface V2Answer {
  head: z.infer<typeof inferenceResponse>
  /** Each output's elements, flat. */
  outputs: Map<string, unknown[]>
  /** Names of those that came as binary data. */
  binary: string[]
}

/** Reads an answer as a client of the protocol does, and holds sizes and lengths against each other. */
export function readV2Answer(body: Buffer, jsonLength: string | null | undefined): V2Answer {
  const end = jsonLength === null || jsonLength === undefined ? body.length : Number(jsonLength)
  const head = inferenceResponse.parse(JSON.parse(body.subarray(0, end).toString('utf8')))
  const outputs = new Map<string, unknown[]>()
  let at = end
  for (const { name, shape, datatype, parameters, data } of head.outputs) {
    if ((parameters === undefined) === (data === undefined)) throw new Error(`${name} has both forms of data, or none`)
    const bytes = body.subarray(at, at + (parameters?.binary_data_size ?? 0))
    at += bytes.length
    const elements = data ?? elementsOf(bytes, datatype)
    const wanted = shape.reduce((product, axis) => product * axis, 1)
    if (elements.length !== wanted) throw new Error(`${name} has ${elements.length} elements, its shape says ${wanted}`)
    outputs.set(name, elements)
  }
  if (at !== body.length) throw new Error(`${body.length - at} bytes belong to no output`)
  const binary = head.outputs.filter(({ parameters }) => parameters).map(({ name }) => name)
  return { head, outputs, binary }
}

function elementsOf(bytes: Buffer, datatype: string): unknown[] {
  if (datatype === 'BYTES') return texts(bytes)
  if (datatype === 'BOOL') return Array.from(bytes, (value) => value === 1)
  const [size, read] =
    datatype === 'FP32' ? [4, (at: number) => bytes.readFloatLE(at)] : [4, (at: number) => bytes.readInt32LE(at)]
  return Array.from({ length: bytes.length / size }, (_, at) => read(at * size))
}

function texts(bytes: Buffer): string[] {
  const found: string[] = []
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32LE(at)
    found.push(bytes.subarray(at + 4, at + 4 + length).toString('utf8'))
    at += 4 + length
  }
  return found
}
