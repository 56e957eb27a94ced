import type { ModelSpec, TensorInfo } from '../contract/model.ts'
import type { ModelFacts } from './families/family.ts'
import { ModelRefusal, shapeWords } from './modelRefusal.ts'
import type { TensorLayout } from './preprocess/preprocessor.ts'

/** The tensor that a picture becomes: its name, element type, and the axes in the file's order. */
export interface InputTensor {
  name: string
  type: 'float32' | 'float16' | 'uint8'
  layout: TensorLayout
  dims: [number, number, number, number]
  /** Whether the file says that several pictures may be given at a time. */
  dynamicBatch: boolean
  /** A second input, and the width and height that it is given: those of the first. */
  sizes?: { name: string; values: [number, number] }
}

/**
 * Holds the file's input against the spec.
 * @throws ModelRefusal MODEL_UNSUPPORTED, with what was seen
 */
export function inputTensor(spec: ModelSpec, { inputs }: ModelFacts): InputTensor {
  const sizes = spec.family === 'rt-detr' ? inputs.find(isSizes) : undefined
  const [input, ...others] = inputs.filter((one) => one !== sizes)
  if (!input || others.length > 0) {
    throw refusal(`it has ${inputs.length} inputs (${inputs.map(shapeWords).join('; ')}), one is expected`)
  }
  const type = (['float32', 'float16', 'uint8'] as const).find((known) => known === input.type)
  if (!type) throw refusal(`its input is ${shapeWords(input)}; float32, float16 and uint8 are read`)
  const layout = (['nchw', 'nhwc'] as const).find((known) => fits(input, dimsOf(spec, known)))
  if (!layout) throw refusal(`its input is ${shapeWords(input)}, the spec gives [${dimsOf(spec, 'nchw').join(', ')}]`)
  const { width, height } = spec.input
  const second = sizes ? { sizes: { name: sizes.name, values: [width, height] as [number, number] } } : {}
  const dynamicBatch = [input, ...(sizes ? [sizes] : [])].every(({ shape }) => isDynamic(shape[0]))
  return { name: input.name, type, layout, dims: dimsOf(spec, layout), dynamicBatch, ...second }
}

/** How many numbers a tensor of these axes has. */
export function lengthOf(dims: readonly number[]): number {
  return dims.reduce((product, length) => product * length, 1)
}

/** RT-DETR's `orig_target_sizes`. */
function isSizes({ type, shape }: TensorInfo): boolean {
  return type === 'int64' && shape.length === 2 && (typeof shape[1] !== 'number' || shape[1] === 2)
}

function dimsOf({ input: { width, height, channels } }: ModelSpec, layout: TensorLayout): InputTensor['dims'] {
  const depth = channels === 'gray' ? 1 : 3
  return layout === 'nchw' ? [1, depth, height, width] : [1, height, width, depth]
}

function fits(input: TensorInfo, dims: InputTensor['dims']): boolean {
  return input.shape.length === 4 && dims.every((length, axis) => accepts(input, axis, length))
}

function accepts(input: TensorInfo, axis: number, length: number): boolean {
  const declared = input.shape[axis]
  return isDynamic(declared) || declared === length
}

function isDynamic(declared: TensorInfo['shape'][number] | undefined): boolean {
  return typeof declared !== 'number' || declared <= 0
}

function refusal(why: string): ModelRefusal {
  return new ModelRefusal('MODEL_UNSUPPORTED', `this model cannot be run: ${why}`)
}
