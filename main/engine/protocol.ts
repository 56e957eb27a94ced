import { z } from 'zod'
import { parameters } from '../contract/families.ts'
import { size } from '../contract/geometry.ts'
import { dataFileName, modelSpec, proposedSpec, specSource, tensorInfo } from '../contract/model.ts'
import { prediction } from '../contract/prediction.ts'
import { className, unit } from '../contract/primitives.ts'
import { sizeThreshold } from '../contract/setup.ts'

/**
 * The messages between the host and an engine process, over the channel of `child_process.fork`
 * with `serialization: 'advanced'`. The host parses what comes from the engine; the engine parses what comes
 * from the host. Pictures travel as bytes, as they were received.
 */

const bytes: z.ZodType<Uint8Array> = z.instanceof(Uint8Array)

/** The files beside a model from which its weights may be read; no others are. */
const externalData = z.array(dataFileName).optional()

/** What an engine computes with, the most wanted first. */
export const provider = z.enum(['cuda', 'tensorrt', 'directml', 'coreml', 'webgpu', 'cpu'])
export type Provider = z.infer<typeof provider>

/** How pictures run together: at most so many, and how long the first may wait for others while nothing computes. */
export const batchLimits = z.object({ largest: z.number().int().positive(), waitMs: z.number().min(0) })
export type BatchLimits = z.infer<typeof batchLimits>

/** Opens a session and warms it up; answered once with `ready` or `load-failed`. */
export const loadMessage = z.object({
  kind: z.literal('load'),
  modelPath: z.string(),
  externalData,
  spec: modelSpec,
  parameters,
  classThresholds: z.record(className, unit),
  candidateFloor: unit
    .optional()
    .describe('Below the confidence floor, predictions down to this are answered too, flagged as candidates.'),
  sizeThresholds: z.array(sizeThreshold).optional().describe('Absent: sizes are not measured.'),
  threads: z.number().int().positive(),
  batch: batchLimits.optional().describe('Absent: pictures run one by one.'),
  providers: z.array(provider).min(1),
  pixelLimit: z.number().int().positive()
})
export type LoadMessage = z.infer<typeof loadMessage>

/**
 * One image. Several may be under way: the next is decoded while the session computes. Where the model has masks, the
 * result has them as polygons, and with `rle` as RLE too.
 */
export const predictMessage = z.object({
  kind: z.literal('predict'),
  id: z.number().int(),
  image: bytes,
  masks: z.enum(['polygon', 'rle'])
})
export type PredictMessage = z.infer<typeof predictMessage>

/** A tensor as it is: `type` as ONNX Runtime names it, `data` its elements' bytes, little-endian, row by row. */
export const rawTensor = z.object({
  name: z.string(),
  type: z.string(),
  dims: z.array(z.number().int()),
  data: bytes
})
export type RawTensor = z.infer<typeof rawTensor>

/** Tensors for the network as they are, for those who preprocess themselves; answered once, in the good case with `tensors`. */
export const inferMessage = z.object({ kind: z.literal('infer'), id: z.number().int(), inputs: z.array(rawTensor) })

/** Reads a model file's own words; answered once with `inspected` or `load-failed`. Needs no `load`. */
export const inspectMessage = z.object({
  kind: z.literal('inspect'),
  modelPath: z.string(),
  externalData,
  fileName: z.string()
})

/** Ends the process once what it was given is answered. */
export const stopMessage = z.object({ kind: z.literal('stop') })

export const toEngine = z.discriminatedUnion('kind', [
  loadMessage,
  predictMessage,
  inferMessage,
  inspectMessage,
  stopMessage
])
export type ToEngine = z.infer<typeof toEngine>

/** Milliseconds of the engine's own stages. */
export const engineTiming = z.object({
  decodeMs: z.number(),
  preprocessMs: z.number(),
  inferMs: z.number(),
  postprocessMs: z.number()
})
export type EngineTiming = z.infer<typeof engineTiming>

/** What the network itself takes and gives, as `infer` has it; an axis whose length varies is null. */
const networkTensors = z.object({ inputs: z.array(tensorInfo), outputs: z.array(tensorInfo) })
export type NetworkTensors = z.infer<typeof networkTensors>

/** The session is open; what is left of a `load` is the warm-up. */
export const openedMessage = z.object({ kind: z.literal('opened') })

export const readyMessage = z.object({
  kind: z.literal('ready'),
  provider,
  fallback: z.string().nullable().describe('Why a more wanted provider is not used.'),
  dynamicBatch: z.boolean().describe('Whether the file says that several pictures may be given at a time.'),
  loadMs: z.number(),
  warmUpMs: z.number(),
  tensors: networkTensors
})

/** `permanent`: trying again cannot help. */
export const loadFailedMessage = z.object({
  kind: z.literal('load-failed'),
  code: z.enum(['MODEL_UNREADABLE', 'MODEL_UNSUPPORTED', 'MODEL_MISSING', 'ENGINE_FAULT']),
  message: z.string(),
  permanent: z.boolean()
})

/** What the file says, and the spec that Lineside makes of it. */
export const inspectedMessage = z.object({
  kind: z.literal('inspected'),
  inputs: z.array(tensorInfo),
  outputs: z.array(tensorInfo),
  metadata: z.record(z.string(), z.string()),
  opset: z.number().int().nullable(),
  proposal: z.object({ spec: proposedSpec, sources: z.record(z.string(), specSource) })
})

export const resultMessage = z.object({
  kind: z.literal('result'),
  id: z.number().int(),
  image: size,
  predictions: z.array(prediction),
  timing: engineTiming
})
export type ResultMessage = z.infer<typeof resultMessage>

/** What the network gave for `infer`. */
export const tensorsMessage = z.object({
  kind: z.literal('tensors'),
  id: z.number().int(),
  outputs: z.array(rawTensor),
  timing: engineTiming
})
export type TensorsMessage = z.infer<typeof tensorsMessage>

/** The image, or the tensors, were refused; the engine is well. */
export const refusedMessage = z.object({
  kind: z.literal('refused'),
  id: z.number().int(),
  code: z.enum(['IMAGE_UNREADABLE', 'IMAGE_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'IMAGE_REFUSED', 'INVALID_REQUEST']),
  detail: z.string()
})

/** Something unexpected failed for this request alone. */
export const failedMessage = z.object({ kind: z.literal('failed'), id: z.number().int(), detail: z.string() })

export const logMessage = z.object({
  kind: z.literal('log'),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  message: z.string()
})

/**
 * Sent every second, also as a sign of life. `cpuShare` is of one core since the message before; `computingMs` is how
 * long the present run of the session has taken, null where none is under way.
 */
export const usageMessage = z.object({
  kind: z.literal('usage'),
  memoryBytes: z.number(),
  cpuShare: z.number(),
  computingMs: z.number().nullable()
})

export const fromEngine = z.discriminatedUnion('kind', [
  openedMessage,
  readyMessage,
  loadFailedMessage,
  inspectedMessage,
  resultMessage,
  tensorsMessage,
  refusedMessage,
  failedMessage,
  logMessage,
  usageMessage
])
export type FromEngine = z.infer<typeof fromEngine>
