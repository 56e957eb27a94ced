import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import sharp, { type FitEnum } from 'sharp'
import { z } from 'zod'
import { decodePicture } from '../../main/base/picture/decode.ts'
import { inputSpec, type InputSpec } from '../../main/contract/index.ts'
import { Preprocessor } from '../../main/engine/preprocess/preprocessor.ts'
import { interleaved } from './interleaved.ts'

const { input, seconds } = z.object({ input: inputSpec, seconds: z.number() }).parse(workerData)
const bytes = readFileSync(new URL('../../resources/sample/bare-boards/bench-1920x1080.jpg', import.meta.url))
const pixelLimit = 100_000_000
const fits: Record<InputSpec['resize'], keyof FitEnum> = {
  letterbox: 'contain',
  stretch: 'fill',
  none: 'fill',
  crop: 'cover'
}

const preprocessor = new Preprocessor(input)
const data = new Float32Array(preprocessor.length)

/** The extract of the whole picture keeps libvips from decoding at a reduced size, which would change pixels. */
function resizedBySharp(): Promise<unknown> {
  return sharp(bytes)
    .extract({ left: 0, top: 0, width: 1920, height: 1080 })
    .resize(input.width, input.height, { fit: fits[input.resize], kernel: 'linear' })
    .raw()
    .toBuffer()
}

const { rounds, times, ratio } = await interleaved(
  {
    sharp: resizedBySharp,
    decode: () => decodePicture(bytes, pixelLimit),
    ours: async () => preprocessor.prepare(await decodePicture(bytes, pixelLimit), data)
  },
  seconds
)
parentPort?.postMessage({
  rounds,
  ours: times('ours'),
  sharp: times('sharp'),
  ratio: ratio('ours', 'sharp'),
  cpuRatio: ratio('ours', 'sharp', 'cpuMs'),
  decodeMs: times('decode').ms
})
