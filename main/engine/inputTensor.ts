import type { ModelSpec, TensorInfo } from '../contract/index.ts'
import type { ModelFacts } from './families/family.ts'
import { ModelRefusal, shapeWords } from './modelRefusal.ts'

/** The tensor that a picture becomes: its name, element type and `[1, channels, height, width]`. */
export interface InputTensor {
  name: string
  type: 'float32' | 'float16' | 'uint8'
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
  checkSpec(spec)
  const channels = spec.input.channels === 'gray' ? 1 : 3
  const dims: InputTensor['dims'] = [1, channels, spec.input.height, spec.input.width]
  const fits = input.shape.length === 4 && dims.every((length, axis) => accepts(input, axis, length))
  if (!fits) throw refusal(`its input is ${shapeWords(input)}, the spec gives [${dims.join(', ')}]`)
  return { name: input.name, type, dims }
}

function accepts(input: TensorInfo, axis: number, length: number): boolean {
  const declared = input.shape[axis]
  return typeof declared !== 'number' || declared <= 0 || declared === length
}

function checkSpec({ input }: ModelSpec): void {
  if (input.resize !== 'letterbox' && input.resize !== 'stretch') {
    throw refusal(`the resize rule “${input.resize}” is not available yet; choose letterbox or stretch`)
  }
  if (input.interpolation !== 'bilinear') {
    throw refusal(`the interpolation “${input.interpolation}” is not available yet; choose bilinear`)
  }
}

function refusal(why: string): ModelRefusal {
  return new ModelRefusal('MODEL_UNSUPPORTED', `this model cannot be run: ${why}`)
}
