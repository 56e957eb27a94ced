import { z } from 'zod'
import { provider } from './protocol.ts'

/**
 * Messages between an engine process and its session thread. Tensors' buffers are transferred, never copied;
 * the input's comes back with the outputs so that it can be filled again.
 */

const tensorData = z.union([
  z.instanceof(Float32Array),
  z.instanceof(Float64Array),
  z.instanceof(Uint16Array),
  z.instanceof(Int32Array),
  z.instanceof(Uint8Array),
  z.instanceof(Int8Array),
  z.instanceof(Int16Array),
  z.instanceof(Uint32Array),
  z.instanceof(BigUint64Array),
  z.instanceof(BigInt64Array),
  z.instanceof(Float16Array)
])

const outputTensor = z.object({
  name: z.string(),
  type: z.string(),
  dims: z.array(z.number().int()),
  data: tensorData
})
export type SessionOutput = z.infer<typeof outputTensor>

export const openMessage = z.object({
  kind: z.literal('open'),
  modelPath: z.string(),
  threads: z.number().int(),
  providers: z.array(provider)
})

export const runMessage = z.object({
  kind: z.literal('run'),
  id: z.number().int(),
  input: z.string(),
  type: z.enum(['float32', 'float16', 'uint8']),
  /** The first is that of the batch. */
  dims: z.array(z.number().int()),
  /** At least as many numbers as the axes need. */
  data: z.instanceof(Float32Array),
  /** A second input, whole numbers for each picture: width and height that boxes are to have. */
  sizes: z.object({ name: z.string(), values: z.tuple([z.number().int(), z.number().int()]) }).optional()
})
export type RunMessage = z.infer<typeof runMessage>

export const toSession = z.discriminatedUnion('kind', [openMessage, runMessage])
export type ToSession = z.infer<typeof toSession>

export const fromSession = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened'), provider, fallback: z.string().nullable() }),
  z.object({ kind: z.literal('open-failed'), message: z.string() }),
  z.object({
    kind: z.literal('ran'),
    id: z.number().int(),
    outputs: z.array(outputTensor),
    data: z.instanceof(Float32Array),
    inferMs: z.number()
  }),
  z.object({
    kind: z.literal('run-failed'),
    id: z.number().int(),
    message: z.string(),
    data: z.instanceof(Float32Array)
  })
])
export type FromSession = z.infer<typeof fromSession>
