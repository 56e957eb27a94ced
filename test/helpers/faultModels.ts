import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { modelSpec, type ModelSpec } from '../../main/contract/index.ts'

/** Models that misbehave over a white picture and over no other; see `make_fault_models.py`. */

export const faultModelPath = (name: 'hang' | 'hungry') =>
  fileURLToPath(new URL(`../fixtures/models/${name}.onnx`, import.meta.url))

export const faultSpec: ModelSpec = modelSpec.parse({
  name: 'faults',
  task: 'classification',
  family: 'classifier',
  classes: ['red', 'green', 'blue'],
  input: { width: 8, height: 8, resize: 'stretch' }
})

/** A picture of one grey, 0 to 255. */
export function greyPicture(value: number): Promise<Buffer> {
  const background = { r: value, g: value, b: value }
  return sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .png()
    .toBuffer()
}
