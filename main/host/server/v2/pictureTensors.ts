import type { ModelSpec, PredictAnswer, Prediction, PredictQuery, V2TensorMetadata } from '../../../contract/index.ts'
import { withMasks } from '../../inference/maskForms.ts'
import { packBytes, type Tensor } from './tensor.ts'

/** The tensor that a picture comes in: its file's bytes. */
export const pictureInput: V2TensorMetadata = { name: 'image', datatype: 'BYTES', shape: [1] }

interface PictureOutput extends V2TensorMetadata {
  /** Whether a model of this kind has it. */
  isOf: (spec: ModelSpec) => boolean
  data: (answer: PredictAnswer, spec: ModelSpec, masks: PredictQuery['masks']) => Uint8Array
}

const always = () => true

/** What comes back for a picture, one row for each prediction in the order of `predictions`. */
const pictureOutputs: PictureOutput[] = [
  {
    ...{ name: 'predictions', datatype: 'BYTES', shape: [1] },
    isOf: always,
    data: (answer, _spec, masks) =>
      packBytes([utf8(JSON.stringify({ ...answer, predictions: withMasks(answer.predictions, masks) }))])
  },
  {
    ...{ name: 'classes', datatype: 'BYTES', shape: [-1] },
    isOf: always,
    data: ({ predictions }) => packBytes(predictions.map((one) => utf8(one.class)))
  },
  {
    ...{ name: 'class_ids', datatype: 'INT32', shape: [-1] },
    isOf: always,
    data: ({ predictions }, { classes }) => bytesOf(Int32Array.from(predictions, (one) => classes.indexOf(one.class)))
  },
  {
    ...{ name: 'scores', datatype: 'FP32', shape: [-1] },
    isOf: always,
    data: ({ predictions }) => bytesOf(Float32Array.from(predictions, ({ confidence }) => confidence))
  },
  {
    ...{ name: 'unknown', datatype: 'BOOL', shape: [-1] },
    isOf: always,
    data: ({ predictions }) => Uint8Array.from(predictions, ({ unknown }) => Number(unknown))
  },
  {
    ...{ name: 'boxes', datatype: 'FP32', shape: [-1, 4] },
    isOf: ({ task }) => task !== 'classification',
    data: ({ predictions }) =>
      floats(predictions, ({ box: { x, y, width, height } = nowhere }) => [x, y, width, height])
  },
  {
    ...{ name: 'rotated_boxes', datatype: 'FP32', shape: [-1, 5] },
    isOf: ({ family }) => family === 'yolo-obb',
    data: ({ predictions }) => floats(predictions, rotatedRow)
  },
  {
    ...{ name: 'areas', datatype: 'INT32', shape: [-1] },
    isOf: ({ task }) => task.endsWith('segmentation'),
    data: ({ predictions }) => bytesOf(Int32Array.from(predictions, ({ mask }) => mask?.areaPx ?? 0))
  }
]

const nowhere = { x: 0, y: 0, width: 0, height: 0 }

function rotatedRow({ rotatedBox }: Prediction): number[] {
  const { cx, cy, width, height, angle } = rotatedBox ?? { cx: 0, cy: 0, width: 0, height: 0, angle: 0 }
  return [cx, cy, width, height, angle]
}

/** The outputs that an inference has for a picture. */
export function pictureOutputsOf(spec: ModelSpec): V2TensorMetadata[] {
  return pictureOutputs
    .filter((output) => output.isOf(spec))
    .map(({ name, datatype, shape }) => ({ name, datatype, shape }))
}

/**
 * The wanted outputs of an answer.
 * @param names Of `pictureOutputsOf`.
 * @param masks How the output `predictions` has them.
 */
export function pictureTensors(
  answer: PredictAnswer,
  spec: ModelSpec,
  names: readonly string[],
  masks: PredictQuery['masks']
): Tensor[] {
  const rows = answer.predictions.length
  return names
    .flatMap((name) => pictureOutputs.filter((output) => output.name === name))
    .map(({ name, datatype, shape, data }) => ({
      ...{ name, datatype, shape: shape.map((length) => (length === -1 ? rows : length)) },
      data: data(answer, spec, masks)
    }))
}

function floats(predictions: readonly Prediction[], row: (prediction: Prediction) => number[]): Uint8Array {
  return bytesOf(Float32Array.from(predictions.flatMap(row)))
}

function bytesOf(array: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}

function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8')
}
