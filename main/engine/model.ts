import { decodePicture } from '../base/picture/decode.ts'
import type { Picture } from '../base/picture/picture.ts'
import type { Size } from '../contract/geometry.ts'
import type { Prediction } from '../contract/prediction.ts'
import { isUnknown } from '../contract/setup.ts'
import { Batcher, proveBatch, runOf } from './batcher.ts'
import { families } from './families/families.ts'
import type { Decoder, OutputTensor } from './families/family.ts'
import type { MaskForm } from './geometry/toMask.ts'
import { inputTensor, lengthOf, type InputTensor } from './inputTensor.ts'
import { measured } from './measure.ts'
import { readModelFacts } from './onnx/readModelFacts.ts'
import { Preprocessor } from './preprocess/preprocessor.ts'
import type { EngineTiming, LoadMessage, NetworkTensors, RawTensor } from './protocol.ts'
import { networkTensors, runOfTensors, toRaw } from './rawTensors.ts'
import { Session, type RunResult } from './session.ts'
import type { SessionOutput } from './sessionMessages.ts'

/** An answer for one image, geometry in px of the original. */
export interface Answer {
  image: Size
  predictions: Prediction[]
  timing: EngineTiming
}

/** A loaded model: image bytes in, predictions out. */
export class Model {
  readonly session: Session
  readonly dynamicBatch: boolean
  readonly warmUpMs: number
  /** What the network itself takes and gives. */
  readonly tensors: NetworkTensors
  readonly #load: LoadMessage
  readonly #input: InputTensor
  readonly #batcher: Batcher
  readonly #preprocessor: Preprocessor
  readonly #decoder: Decoder

  private constructor(
    load: LoadMessage,
    session: Session,
    input: InputTensor,
    decoder: Decoder,
    warmUpMs: number,
    tensors: NetworkTensors
  ) {
    this.#load = load
    this.session = session
    this.#input = input
    this.dynamicBatch = input.dynamicBatch
    this.#batcher = new Batcher(session, input, load.batch ?? oneByOne)
    this.#decoder = decoder
    this.#preprocessor = new Preprocessor(load.spec.input, input.layout)
    this.warmUpMs = warmUpMs
    this.tensors = tensors
  }

  /**
   * Opens the session, runs it once, and lets the family look at what came out; and where pictures are to run together,
   * runs as many.
   * @param opened Told once the session is open.
   * @throws ModelRefusal
   */
  static async load(load: LoadMessage, opened: () => void): Promise<Model> {
    const facts = await readModelFacts(load.modelPath, load.externalData)
    const input = inputTensor(load.spec, facts)
    const session = await Session.open(load)
    opened()
    try {
      const data = new Float32Array(lengthOf(input.dims))
      const placement = new Preprocessor(load.spec.input, input.layout).prepare(gradient(load.spec.input), data)
      const warm = succeeded(await session.run(runOf(input, 1, data)))
      const outputs = warm.outputs.map(toFloats)
      const family = families[load.spec.family]
      const decoder = family.open(load.spec, load.parameters, facts, outputs, load.candidateFloor)
      decoder(outputs, placement, 'rle')
      if (load.batch && load.batch.largest > 1) await proveBatch(session, input, warm.data, load.batch)
      return new Model(load, session, input, decoder, warm.inferMs, networkTensors(input, facts))
    } catch (error) {
      await session.close()
      throw error
    }
  }

  /** @param masks How masks are given. @throws PictureError where the image is refused */
  async predict(image: Uint8Array, masks: MaskForm): Promise<Answer> {
    const begun = performance.now()
    const picture = await decodePicture(image, this.#load.pixelLimit)
    const decoded = performance.now()
    const { filled: placement, computed } = this.#batcher.add((data) => this.#preprocessor.prepare(picture, data))
    const prepared = performance.now()
    const { outputs, inferMs } = await computed
    const received = performance.now()
    const raw = this.#decoder(outputs.map(toFloats), placement, masks)
    const predictions = measured(
      raw.map((one) => this.#believed(one)),
      this.#load.sizeThresholds
    )
    return {
      image: sizeOf(picture),
      predictions,
      timing: {
        decodeMs: decoded - begun,
        preprocessMs: prepared - decoded,
        inferMs,
        postprocessMs: performance.now() - received
      }
    }
  }

  /** Runs the network on tensors as they are. @throws TensorError where they are not what it takes */
  async infer(given: readonly RawTensor[]): Promise<{ outputs: RawTensor[]; timing: EngineTiming }> {
    const begun = performance.now()
    const run = runOfTensors(this.#input, given)
    const preprocessMs = performance.now() - begun
    const { outputs, inferMs } = succeeded(await this.session.run(run))
    return { outputs: outputs.map(toRaw), timing: { decodeMs: 0, preprocessMs, inferMs, postprocessMs: 0 } }
  }

  /** Marks as unknown what lies below its class threshold. */
  #believed(raw: Omit<Prediction, 'unknown'>): Prediction {
    return { ...raw, unknown: isUnknown(raw, this.#load.classThresholds) }
  }
}

const oneByOne = { largest: 1, waitMs: 0 }

/** @throws Error where it gave nothing */
function succeeded(ran: RunResult) {
  if (ran.error) throw ran.error
  return ran
}

function sizeOf({ width, height }: Picture): Size {
  return { width, height }
}

/** A picture for the warm-up: of one colour it would make NaN in networks that normalise by a picture's contrast. */
function gradient({ width, height }: Size): Picture {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => at)
  return { width, height, data }
}

function toFloats({ name, dims, type, data }: SessionOutput): OutputTensor {
  if (data instanceof Float32Array) return { name, dims, data }
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    return { name, dims, data: Float32Array.from(data, Number) }
  if (type === 'float16' && data instanceof Uint16Array) {
    return { name, dims, data: Float32Array.from(new Float16Array(data.buffer, data.byteOffset, data.length)) }
  }
  return { name, dims, data: Float32Array.from(data) }
}
