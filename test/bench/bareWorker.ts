import { readFileSync } from 'node:fs'
import * as ort from 'onnxruntime-node'
import sharp from 'sharp'

/**
 * The work that nobody can avoid, in a process of its own with nothing around it: `session` computes on one ready
 * tensor; `pipeline` decodes, resizes to the network's size and converts to float before each.
 * Runs until its parent says `stop`, and answers how many it did in which time.
 */
const [kind = '', modelPath = '', imagePath = '', threads = '1'] = process.argv.slice(2)
const side = 640

const session = await ort.InferenceSession.create(modelPath, {
  executionProviders: ['cpu'],
  intraOpNumThreads: Number(threads),
  interOpNumThreads: 1
})
const inputName = session.inputNames[0] ?? ''
const bytes = readFileSync(imagePath)
const { width, height } = await sharp(bytes).metadata()
const tensorData = new Float32Array(3 * side * side)

/** The extract of the whole picture keeps libvips from decoding at a reduced size, which would change pixels. */
async function fillTensor(): Promise<void> {
  const pixels = await sharp(bytes)
    .extract({ left: 0, top: 0, width, height })
    .resize(side, side, { fit: 'contain', background: { r: 114, g: 114, b: 114 }, kernel: 'linear' })
    .removeAlpha()
    .raw()
    .toBuffer()
  const plane = side * side
  for (let at = 0; at < plane; at += 1) {
    tensorData[at] = (pixels[3 * at] ?? 0) / 255
    tensorData[plane + at] = (pixels[3 * at + 1] ?? 0) / 255
    tensorData[2 * plane + at] = (pixels[3 * at + 2] ?? 0) / 255
  }
}

async function once(): Promise<void> {
  if (kind === 'pipeline') await fillTensor()
  await session.run({ [inputName]: new ort.Tensor('float32', tensorData, [1, 3, side, side]) })
}

const stopping = new AbortController()
process.on('message', (message) => {
  if (message === 'stop') stopping.abort()
})
await fillTensor()
for (let warmUp = 0; warmUp < 3; warmUp += 1) await once()
process.send?.({ kind: 'ready' })

const started = performance.now()
const times: number[] = []
while (!stopping.signal.aborted) {
  const from = performance.now()
  await once()
  times.push(performance.now() - from)
  await new Promise(setImmediate)
}
process.send?.({ kind: 'done', count: times.length, ms: performance.now() - started, times })
process.disconnect()
