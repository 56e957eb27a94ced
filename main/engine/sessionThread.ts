import { parentPort } from 'node:worker_threads'
import * as ort from 'onnxruntime-node'
import { lengthOf } from './inputTensor.ts'
import type { Provider } from './protocol.ts'
import { toSession, type FromSession, type RunMessage, type SessionOutput } from './sessionMessages.ts'

/** The thread that computes: ONNX Runtime's binding runs a session on the thread that calls it. */

const port = parentPort
if (!port) throw new Error('the session thread runs in an engine process')

let session: ort.InferenceSession | undefined

/** The names under which ONNX Runtime knows the providers. */
const runtimeNames: Record<Provider, string> = {
  cuda: 'cuda',
  tensorrt: 'tensorrt',
  directml: 'dml',
  coreml: 'coreml',
  webgpu: 'webgpu',
  cpu: 'cpu'
}

port.on('message', (message: unknown) => {
  const request = toSession.parse(message)
  void (request.kind === 'open' ? open(request) : run(request))
})

function post(message: FromSession, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer)
}

/** Tries the providers one by one: ONNX Runtime itself does not fall back from one that is not there. */
async function open({
  modelPath,
  threads,
  providers
}: {
  modelPath: string
  threads: number
  providers: Provider[]
}): Promise<void> {
  const refused: string[] = []
  const built = ort.listSupportedBackends().map(({ name }) => name)
  for (const provider of providers) {
    const name = runtimeNames[provider]
    if (!built.includes(name)) {
      refused.push(`${provider}: ONNX Runtime has none for ${process.platform} ${process.arch}`)
      continue
    }
    try {
      session = await ort.InferenceSession.create(modelPath, { ...sessionOptions(threads), executionProviders: [name] })
      post({ kind: 'opened', provider, fallback: refused.length > 0 ? refused.join('; ') : null })
      return
    } catch (error) {
      refused.push(`${provider}: ${messageOf(error).replace(/^OrtSession\w+: /, '')}`)
    }
  }
  post({ kind: 'open-failed', message: refused.join('; ') })
}

/**
 * Measured: docs/benchmarks.md, Providers. Threads that spin while they wait take the CPU from what decodes the next
 * picture, and from other runs, and gain nothing over a whole prediction.
 */
function sessionOptions(threads: number): ort.InferenceSession.SessionOptions {
  return {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } }
  }
}

async function run({ id, input, type, dims, data, sizes }: RunMessage): Promise<void> {
  const started = performance.now()
  try {
    if (!session) throw new Error('no session is open')
    const results = await session.run({ [input]: inputTensor(type, data, dims), ...sizesTensor(sizes, dims) })
    const outputs = Object.entries(results).map(([name, tensor]) => toOutput(name, tensor))
    const inferMs = performance.now() - started
    post({ kind: 'ran', id, outputs, data, inferMs }, buffersOf(data, ...outputs.map((output) => output.data)))
  } catch (error) {
    post({ kind: 'run-failed', id, message: messageOf(error), data }, buffersOf(data))
  }
}

/** @param given Those that the axes need, and where a batch is not full, more. */
function inputTensor(type: RunMessage['type'], given: Float32Array, dims: number[]): ort.Tensor {
  const data = given.subarray(0, lengthOf(dims))
  if (type === 'float16') return halfTensor(new Uint16Array(Float16Array.from(data).buffer), dims)
  if (type === 'uint8') return new ort.Tensor('uint8', Uint8Array.from(data), dims)
  return new ort.Tensor('float32', data, dims)
}

/** The same for each picture of a batch. */
function sizesTensor(sizes: RunMessage['sizes'], [count = 1]: number[]): Record<string, ort.Tensor> {
  if (!sizes) return {}
  const values = Array.from({ length: count }, () => sizes.values).flat()
  return { [sizes.name]: new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [count, 2]) }
}

/**
 * The binding takes a Float16Array for empty, and the tensor makes one of whatever it is given where the runtime has
 * them: so the bits are put back as they were. See github.com/microsoft/onnxruntime/pull/32323.
 */
function halfTensor(bits: Uint16Array, dims: number[]): ort.Tensor {
  return Object.defineProperty(new ort.Tensor('float16', bits, dims), 'data', { value: bits })
}

function toOutput(name: string, tensor: ort.OnnxValue): SessionOutput {
  if (!('data' in tensor) || !ArrayBuffer.isView(tensor.data)) throw new Error(`output ${name} is no tensor of numbers`)
  return { name, type: tensor.type, dims: [...tensor.dims], data: tensor.data as SessionOutput['data'] }
}

/** The buffers to transfer, each once. */
function buffersOf(...arrays: ArrayBufferView[]): ArrayBuffer[] {
  return [...new Set(arrays.map((array) => array.buffer))].filter((buffer) => buffer instanceof ArrayBuffer)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
