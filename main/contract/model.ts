import { z } from 'zod'
import { className, id, name, timestamp } from './primitives.ts'
import { family, parameters, task } from './families.ts'
import { size } from './geometry.ts'
import { prediction, timing } from './prediction.ts'

const threeNumbers = z.array(z.number()).min(1).max(3)

/** How a picture becomes the model's input: tensor value = (pixel × scale − mean) / std. */
export const inputSpec = z.object({
  width: z.number().int().min(8).max(8192),
  height: z.number().int().min(8).max(8192),
  resize: z.enum(['letterbox', 'stretch', 'crop', 'none']),
  interpolation: z
    .enum(['bilinear', 'nearest', 'area', 'bilinear-antialias', 'bilinear-unrounded'])
    .default('bilinear')
    .meta({
      description:
        'As OpenCV computes it; with -antialias as Pillow and torchvision do, with -unrounded as torch does with floats.'
    }),
  cropShare: z.number().min(0.1).max(1).optional().meta({
    description: 'With crop: how much of the resized shortest edge is kept; 0.875 is ImageNet’s 224 of 256. Default 1.'
  }),
  pad: z.number().int().min(0).max(255).default(114).meta({ description: 'Grey value of the letterbox border.' }),
  channels: z.enum(['rgb', 'bgr', 'gray']).default('rgb'),
  scale: z
    .number()
    .positive()
    .default(1 / 255),
  mean: threeNumbers.default([0, 0, 0]).meta({ description: 'In the order of the tensor’s channels.' }),
  std: threeNumbers.default([1, 1, 1]).meta({ description: 'In the order of the tensor’s channels.' })
})
export type InputSpec = z.infer<typeof inputSpec>

/** What Lineside must know to run a model file. */
export const modelSpec = z
  .object({
    name,
    version: z.string().trim().max(40).default('1'),
    task,
    family,
    classes: z.array(className).min(1).max(10_000),
    input: inputSpec,
    options: z.record(z.string(), z.unknown()).default({})
  })
  .meta({ id: 'ModelSpec' })
export type ModelSpec = z.infer<typeof modelSpec>

/** A tensor as the file declares it; a dynamic axis is its name or null. */
export const tensorInfo = z.object({
  name: z.string(),
  type: z.string(),
  shape: z.array(z.union([z.number().int(), z.string(), z.null()]))
})
export type TensorInfo = z.infer<typeof tensorInfo>

/** Where a proposed value comes from. */
export const specSource = z.enum(['file', 'guess', 'missing'])
export type SpecSource = z.infer<typeof specSource>

/** A spec as an inspection proposes it: what could not be told is left out. */
export const proposedSpec = z.object({
  name: z.string(),
  version: z.string(),
  task: task.optional(),
  family: family.optional(),
  classes: z.array(className).optional(),
  input: inputSpec.partial(),
  options: z.record(z.string(), z.unknown())
})
export type ProposedSpec = z.infer<typeof proposedSpec>

/** The name of a file with external data of a model: a name alone, never a path. */
export const dataFileName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^(?!\.{1,2}$)[^/\\:\p{Cc}]+$/u, 'must be a file’s name alone, without a folder or drive')

/** What is known of a model's files without running it. */
const modelFile = z.object({
  fileName: z.string(),
  sha256: z.string().length(64).meta({ description: 'Of all its files, where it has external data.' }),
  bytes: z.number().int(),
  dataFiles: z.array(dataFileName).optional().meta({ description: 'Its files with external data, if any.' }),
  opset: z.number().int().nullable().meta({ description: 'Its version of the ONNX operators; null where unknown.' })
})

/** The answer of a model file's inspection. `sources` names each field of the spec by its path. */
export const inspection = modelFile
  .extend({
    uploadId: id,
    spec: proposedSpec,
    inputs: z.array(tensorInfo),
    outputs: z.array(tensorInfo),
    sources: z.record(z.string(), specSource)
  })
  .meta({ id: 'Inspection' })
export type Inspection = z.infer<typeof inspection>

/** A model in a project. */
export const model = modelFile
  .extend({
    id,
    project: id,
    spec: modelSpec,
    dynamicBatch: z.boolean().optional().meta({
      description: 'Whether the file says that several pictures may be given at a time. Absent: not known yet.'
    }),
    instanceBytes: z
      .number()
      .int()
      .optional()
      .meta({ description: 'Memory that an instance of an earlier run used at its most.' }),
    isDefault: z.boolean(),
    createdAt: timestamp,
    usedBy: z.array(z.object({ slug: z.string(), name: z.string() }))
  })
  .meta({ id: 'Model' })
export type Model = z.infer<typeof model>

/** What a model is changed with: what is absent stays. */
export const modelChange = z.strictObject({
  name: name.optional(),
  version: z.string().trim().max(40).optional(),
  isDefault: z
    .literal(true)
    .optional()
    .meta({ description: 'Makes it the project’s default; what was the default is none then.' })
})
export type ModelChange = z.infer<typeof modelChange>

/** An inspected upload that takes the place of a model's file. Without a spec the model's own is used. */
export const modelReplacement = z.strictObject({ uploadId: id, spec: modelSpec.optional() })
export type ModelReplacement = z.infer<typeof modelReplacement>

/** A trial of an inspected upload before it is saved; absent parameters have their defaults. */
export const uploadTrial = z.strictObject({
  uploadId: id,
  spec: modelSpec,
  image: z.string().min(1).meta({ description: 'The image file in base64, with or without a data: prefix.' }),
  parameters: parameters.default({})
})
export type UploadTrial = z.infer<typeof uploadTrial>

/** A model file in the watched folder, once it is written whole. */
export const incomingModel = z
  .object({
    id,
    fileName: z.string(),
    bytes: z.number().int(),
    dataFiles: z.array(dataFileName),
    modifiedAt: timestamp,
    read: z.discriminatedUnion('state', [
      z.object({ state: z.literal('waiting') }).meta({ description: 'Not read yet.' }),
      z.object({ state: z.literal('ready'), task: task.nullable(), family: family.nullable() }),
      z.object({ state: z.literal('refused'), reason: z.string() })
    ]),
    models: z
      .array(z.object({ id, name: z.string(), project: z.object({ id, name: z.string() }) }))
      .meta({ description: 'Models that have this very content already.' })
  })
  .meta({ id: 'IncomingModel' })
export type IncomingModel = z.infer<typeof incomingModel>

/** The watched folder (F2) with what waits in it. */
export const incomingModels = z.object({
  folder: z.string(),
  trouble: z.string().nullable().meta({ description: 'Why the folder cannot be read; null where it can.' }),
  items: z.array(incomingModel)
})
export type IncomingModels = z.infer<typeof incomingModels>

/** What a model found on a picture when it was tried. */
export const trial = z
  .object({
    image: size,
    predictions: z.array(prediction),
    timing: timing.pick({ decodeMs: true, preprocessMs: true, inferMs: true, postprocessMs: true })
  })
  .meta({ id: 'Trial' })
export type Trial = z.infer<typeof trial>
