import { readFileSync } from 'node:fs'
import * as ort from 'onnxruntime-node'
import sharp, { type FitEnum } from 'sharp'
import { z } from 'zod'
import { modelSpec } from '../../main/contract/index.ts'

/**
 * The work that nobody can avoid, in a process of its own with nothing around it: `session` computes on one ready
 * tensor; `pipeline` decodes, resizes to the network's size and converts to float before each.
 * Runs until its parent says `stop`, and answers how many it did in which time.
 */
const job = z.object({
  kind: z.enum(['session', 'pipeline']),
  modelPath: z.string(),
  spec: modelSpec,
  pictures: z.array(z.string()).min(1),
  threads: z.number(),
  options: z.record(z.string(), z.unknown())
})
const { kind, modelPath, spec, pictures, threads, options } = job.parse(JSON.parse(process.argv[2] ?? ''))
const { width: inputWidth, height: inputHeight, resize, scale, pad } = spec.input

const session = await ort.InferenceSession.create(modelPath, {
  executionProviders: ['cpu'],
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  ...options
})
const inputName = session.inputNames[0] ?? ''
const images = await Promise.all(
  pictures.map(async (path) => {
    const bytes = readFileSync(path)
    const { width, height } = await sharp(bytes).metadata()
    return { bytes, width, height }
  })
)
const tensorData = new Float32Array(3 * inputWidth * inputHeight)
const fits: Record<typeof resize, keyof FitEnum> = {
  letterbox: 'contain',
  stretch: 'fill',
  none: 'fill',
  crop: 'cover'
}
let turn = 0

/** The extract of the whole picture keeps libvips from decoding at a reduced size, which would change pixels. */
async function fillTensor(): Promise<void> {
  const image = images[turn++ % images.length]
  if (!image) return
  const { bytes, width, height } = image
  const pixels = await sharp(bytes)
    .extract({ left: 0, top: 0, width, height })
    .resize(inputWidth, inputHeight, { fit: fits[resize], background: { r: pad, g: pad, b: pad }, kernel: 'linear' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer()
  const plane = inputWidth * inputHeight
  for (let at = 0; at < plane; at += 1) {
    tensorData[at] = (pixels[3 * at] ?? 0) * scale
    tensorData[plane + at] = (pixels[3 * at + 1] ?? 0) * scale
    tensorData[2 * plane + at] = (pixels[3 * at + 2] ?? 0) * scale
  }
}

async function once(): Promise<void> {
  if (kind === 'pipeline') await fillTensor()
  await session.run({ [inputName]: new ort.Tensor('float32', tensorData, [1, 3, inputHeight, inputWidth]) })
}

const stopping = new AbortController()
process.on('message', (message) => {
  if (message === 'stop') stopping.abort()
})
await fillTensor()
for (let warmUp = 0; warmUp < 3; warmUp += 1) await once()
process.send?.({ kind: 'ready' })

const started = performance.now()
const cpu = process.cpuUsage()
const times: number[] = []
while (!stopping.signal.aborted) {
  const from = performance.now()
  await once()
  times.push(performance.now() - from)
  await new Promise(setImmediate)
}
const { user, system } = process.cpuUsage(cpu)
process.send?.({
  kind: 'done',
  ms: performance.now() - started,
  cpuMs: (user + system) / 1000,
  memoryBytes: process.memoryUsage.rss(),
  times
})
process.disconnect()
