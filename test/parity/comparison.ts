import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { decodePicture } from '../../main/base/picture/decode.ts'
import { parameters, type InputSpec, type Prediction } from '../../main/contract/index.ts'
import { Preprocessor } from '../../main/engine/preprocess/preprocessor.ts'

/** What test/parity/reference.py wrote down, and how far our engine is from it. */

const folder = new URL('../fixtures/parity/', import.meta.url)
const pixelLimit = 100_000_000

const detection = z.object({
  class: z.string(),
  confidence: z.number(),
  corners: z.tuple([z.number(), z.number(), z.number(), z.number()])
})
export type Detection = z.infer<typeof detection>

const picture = z.object({
  size: z.tuple([z.number(), z.number()]),
  tensor: z.object({ sha256: z.string(), samples: z.base64() }),
  runs: z.array(z.object({ parameters, detections: z.array(detection) })).default([]),
  probabilities: z.record(z.string(), z.number()).default({})
})
export type ReferencePicture = z.infer<typeof picture>

const reference = z.object({
  made: z.record(z.string(), z.string()),
  model: z.object({ file: z.string(), sha256: z.string() }),
  stride: z.number().int(),
  pictures: z.record(z.string(), picture)
})
export type Reference = z.infer<typeof reference>

export function readReference(name: 'detector' | 'classifier'): Reference {
  return reference.parse(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')))
}

export function readParityPicture(name: string): Uint8Array {
  return readFileSync(new URL(`pictures/${name}`, folder))
}

/**
 * @param script That makes the reference.
 * @throws Error where the reference was made with another file than this
 */
export function checkModel({ model }: Pick<Reference, 'model'>, modelPath: string, script = 'reference.py'): void {
  const sha256 = createHash('sha256').update(readFileSync(modelPath)).digest('hex')
  if (sha256 === model.sha256) return
  throw new Error(`${model.file} is another file than the reference was made with: run test/parity/${script} again`)
}

/** Largest differences of one picture's detections; `unmatched` counts those that have no counterpart. */
export interface Deviation {
  unmatched: number
  px: number
  confidence: number
}

/** Pairs each detection with the nearest of its class; each of ours counts once. */
export function compareDetections(expected: readonly Detection[], given: readonly Prediction[]): Deviation {
  const deviation: Deviation = { unmatched: Math.max(0, given.length - expected.length), px: 0, confidence: 0 }
  const left = [...given]
  for (const one of expected) {
    const [nearest] = left
      .filter((ours) => ours.class === one.class)
      .map((ours) => ({ ours, px: distance(one, ours), confidence: Math.abs(one.confidence - ours.confidence) }))
      .sort((a, b) => a.px + a.confidence - (b.px + b.confidence))
    if (!nearest || nearest.px > 1) {
      deviation.unmatched++
      continue
    }
    left.splice(left.indexOf(nearest.ours), 1)
    deviation.px = Math.max(deviation.px, nearest.px)
    deviation.confidence = Math.max(deviation.confidence, nearest.confidence)
  }
  return deviation
}

/** The largest difference of a side. */
function distance({ corners }: Detection, { box }: Prediction): number {
  if (!box) return Infinity
  const ours = [box.x, box.y, box.x + box.width, box.y + box.height]
  return Math.max(...corners.map((corner, at) => Math.abs(corner - ours[at]!)))
}

/** How far the prepared picture is from OpenCV's: `exact` by all of its bytes, `steps` of 255 by samples of them. */
export async function compareTensor(name: string, { tensor }: ReferencePicture, stride: number, input: InputSpec) {
  const preprocessor = new Preprocessor({ ...input, scale: 1, mean: [0], std: [1] })
  const data = new Float32Array(preprocessor.length)
  preprocessor.prepare(await decodePicture(readParityPicture(name), pixelLimit), data)
  const bytes = Uint8Array.from(data)
  const samples = Buffer.from(tensor.samples, 'base64')
  const steps = samples.reduce((most, value, at) => Math.max(most, Math.abs(value - bytes[at * stride]!)), 0)
  return { exact: createHash('sha256').update(bytes).digest('hex') === tensor.sha256, steps }
}
