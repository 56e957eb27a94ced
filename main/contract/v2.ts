import { z } from 'zod'

/** The Open Inference Protocol, version 2, and its binary tensor data extension, as JSON has them. */

/** Element types of tensors. */
export const datatype = z.enum([
  'BOOL',
  'UINT8',
  'UINT16',
  'UINT32',
  'UINT64',
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'FP16',
  'FP32',
  'FP64',
  'BYTES'
])
export type Datatype = z.infer<typeof datatype>

/** `$parameters`: names with texts, numbers or booleans. */
export const v2Parameters = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
export type V2Parameters = z.infer<typeof v2Parameters>

const axis = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const shape = z.array(axis).min(1).max(16)
const tensorName = z.string().min(1).max(500)

/** An input tensor; `data` is absent where its elements follow the JSON as binary data. */
export const v2Input = z.object({
  name: tensorName,
  shape,
  datatype,
  parameters: v2Parameters.optional(),
  data: z.unknown().optional().meta({ description: 'The elements row by row, nested or flat.' })
})

/** An output that is wanted. */
export const v2WantedOutput = z.object({ name: tensorName, parameters: v2Parameters.optional() })

/** `$inference_request` */
export const v2Request = z
  .object({
    id: z.string().max(1000).optional(),
    parameters: v2Parameters.optional().meta({
      description:
        '`masks` and `deadlineMs` as in predict’s query, or `timeout` in µs; `metadata.<key>` overrides the setup’s metadata; `binary_data_output`.'
    }),
    inputs: z.array(v2Input).min(1).max(16),
    outputs: z.array(v2WantedOutput).max(64).optional()
  })
  .meta({ id: 'V2Request' })
export type V2Request = z.infer<typeof v2Request>

/** `$inference_response` */
export const v2Response = z
  .object({
    model_name: z.string(),
    model_version: z.string(),
    id: z.string().optional(),
    parameters: v2Parameters,
    outputs: z.array(
      z.object({
        name: z.string(),
        shape: z.array(z.number().int()),
        datatype,
        parameters: v2Parameters.optional(),
        data: z.array(z.unknown()).optional()
      })
    )
  })
  .meta({ id: 'V2Response' })

const tensorMetadata = z.object({
  name: z.string(),
  datatype,
  shape: z.array(z.number().int()).meta({ description: '-1 for an axis whose length varies.' })
})
export type V2TensorMetadata = z.infer<typeof tensorMetadata>

/** `$metadata_model_response` */
export const v2ModelMetadata = z
  .object({
    name: z.string(),
    versions: z.array(z.string()),
    platform: z.string(),
    inputs: z.array(tensorMetadata),
    outputs: z.array(tensorMetadata)
  })
  .meta({ id: 'V2Model' })
export type V2ModelMetadata = z.infer<typeof v2ModelMetadata>

/** `$metadata_server_response` */
export const v2Server = z.object({ name: z.string(), version: z.string(), extensions: z.array(z.string()) })

/** `$live_server_response` and `$ready_server_response`; the protocol’s text has `live` in both, its servers `ready` too. */
export const v2Live = z.object({ live: z.boolean() })
export const v2Ready = z.object({ live: z.boolean(), ready: z.boolean() })

/** `$ready_model_response`; where it is not ready, with 503 as of KServe’s servers (the text: a status other than 200). */
export const v2ModelReady = z.object({ name: z.string(), ready: z.boolean() })

/** Every refusal of the protocol. */
export const v2Error = z.object({ error: z.string() }).meta({ id: 'V2Error' })

/** The version of every inference that is its network alone: own tensors in, own tensors out. */
export const rawVersion = 'raw'
