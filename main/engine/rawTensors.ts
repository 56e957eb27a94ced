import type { ModelFacts } from './families/family.ts'
import type { InputTensor } from './inputTensor.ts'
import type { NetworkTensors, RawTensor } from './protocol.ts'
import type { SessionOutput } from './sessionMessages.ts'

/** The given tensors are not what the network takes. */
export class TensorError extends Error {}

/** One run of the session, as it takes it. */
interface TensorRun {
  input: string
  type: InputTensor['type']
  dims: number[]
  data: Float32Array<ArrayBuffer>
  sizes?: { name: string; values: [number, number] }
}

const bytesOf = { float32: 4, float16: 2, uint8: 1 } as const

/** What the network takes and gives: the input with its axes as they are run, the outputs as the file declares them. */
export function networkTensors(input: InputTensor, { outputs }: ModelFacts): NetworkTensors {
  const { name, type, dims, sizes } = input
  const second = sizes ? [{ name: sizes.name, type: 'int64', shape: [1, 2] }] : []
  const given = outputs.map(({ shape, ...other }) => ({ ...other, shape: shape.map(lengthOf) }))
  return { inputs: [{ name, type, shape: [...dims] }, ...second], outputs: given }
}

/**
 * Holds given tensors against the network's input. A second input (the sizes that boxes are to have) may be left out;
 * it is then the first one's width and height, as for pictures.
 * @throws TensorError that names the tensor, what was given and what is taken
 */
export function runOfTensors(input: InputTensor, given: readonly RawTensor[]): TensorRun {
  const { name, type, dims, sizes } = input
  const known = [name, ...(sizes ? [sizes.name] : [])]
  const stranger = given.find((tensor) => !known.includes(tensor.name))
  if (stranger) throw new TensorError(`there is no input “${stranger.name}”; the network takes ${known.join(', ')}`)
  const first = given.find((tensor) => tensor.name === name)
  if (!first) throw new TensorError(`the input “${name}” is missing`)
  mustBe(first, type, dims)
  const second = given.find((tensor) => tensor.name !== name)
  return { input: name, type, dims: [...dims], data: floatsOf(first, type), ...(sizes && sizesOf(sizes, second)) }
}

/** An output's elements as bytes, as they are. */
export function toRaw({ name, type, dims, data }: SessionOutput): RawTensor {
  return { name, type, dims, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) }
}

function mustBe({ name, type, dims, data }: RawTensor, wanted: InputTensor['type'], shape: readonly number[]): void {
  if (type !== wanted) throw new TensorError(`the input “${name}” is ${type}; the network takes ${wanted}`)
  if (dims.join() !== shape.join()) {
    throw new TensorError(
      `the input “${name}” has the shape [${dims.join(', ')}]; the network takes [${shape.join(', ')}]`
    )
  }
  const length = shape.reduce((product, axis) => product * axis, bytesOf[wanted])
  if (data.length !== length) throw new TensorError(`the input “${name}” has ${data.length} bytes, not ${length}`)
}

/** The session's thread is given floats and makes of them what the network takes; both ways nothing is lost. */
function floatsOf({ data }: RawTensor, type: InputTensor['type']): Float32Array<ArrayBuffer> {
  // Copied, since a message's bytes need not begin where a float may.
  const { buffer } = Uint8Array.from(data)
  if (type === 'float32') return new Float32Array(buffer)
  return type === 'float16' ? Float32Array.from(new Float16Array(buffer)) : Float32Array.from(data)
}

function sizesOf(sizes: NonNullable<InputTensor['sizes']>, given: RawTensor | undefined): Pick<TensorRun, 'sizes'> {
  if (!given) return { sizes }
  if (given.type !== 'int64' || given.dims.join() !== '1,2' || given.data.length !== 16) {
    throw new TensorError(`the input “${given.name}” must be int64 of the shape [1, 2]`)
  }
  const [width = 0n, height = 0n] = new BigInt64Array(Uint8Array.from(given.data).buffer)
  return { sizes: { name: sizes.name, values: [Number(width), Number(height)] } }
}

function lengthOf(declared: number | string | null): number | null {
  return typeof declared === 'number' && declared > 0 ? declared : null
}
