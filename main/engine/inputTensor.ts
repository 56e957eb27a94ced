import type { ModelSpec, TensorInfo } from '../contract/index.ts'
import type { ModelFacts } from './families/family.ts'
import { ModelRefusal, shapeWords } from './modelRefusal.ts'
import type { TensorLayout } from './preprocess/preprocessor.ts'

/** The tensor that a picture becomes: its name, element type, and the axes in the file's order. */
export interface InputTensor {
  name: string
  type: 'float32' | 'float16' | 'uint8'
  layout: TensorLayout
  dims: [number, number, number, number]
}

/**
 * Holds the file's input against the spec.
 * @throws ModelRefusal MODEL_UNSUPPORTED, with what was seen
 */
export function inputTensor(spec: ModelSpec, { inputs }: ModelFacts): InputTensor {
  const [input] = inputs
  if (!input || inputs.length !== 1) {
    throw refusal(`it has ${inputs.length} inputs (${inputs.map(shapeWords).join('; ')}), one is expected`)
  }
  const type = (['float32', 'float16', 'uint8'] as const).find((known) => known === input.type)
  if (!type) throw refusal(`its input is ${shapeWords(input)}; float32, float16 and uint8 are read`)
  const layout = (['nchw', 'nhwc'] as const).find((known) => fits(input, dimsOf(spec, known)))
  if (!layout) throw refusal(`its input is ${shapeWords(input)}, the spec gives [${dimsOf(spec, 'nchw').join(', ')}]`)
  return { name: input.name, type, layout, dims: dimsOf(spec, layout) }
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
  return typeof declared !== 'number' || declared <= 0 || declared === length
}

function refusal(why: string): ModelRefusal {
  return new ModelRefusal('MODEL_UNSUPPORTED', `this model cannot be run: ${why}`)
}
