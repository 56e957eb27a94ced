import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { inputSpec } from '../../main/contract/index.ts'
import { report } from './interleaved.ts'

const times = z.object({ ms: z.number(), p95: z.number(), cpuMs: z.number() })
const answer = z.object({
  rounds: z.number(),
  ours: times,
  sharp: times,
  ratio: z.number(),
  cpuRatio: z.number(),
  decodeMs: z.number()
})

const side640 = { width: 640, height: 640 }
const letterbox = { ...side640, resize: 'letterbox' }
const stretch = { ...side640, resize: 'stretch' }

/** The way that the aim is for. */
const held = 'yolo: letterbox 640, bilinear'
const aim = '1.3'

/** How the families' pictures are prepared, and what else a setup may choose. */
const ways: Record<string, unknown> = {
  [held]: letterbox,
  'rt-detr of Ultralytics: stretch 640, bilinear': stretch,
  'rt-detr: stretch 640, antialiased': { ...stretch, interpolation: 'bilinear-antialias' },
  'rf-detr: stretch 560, not rounded': {
    width: 560,
    height: 560,
    resize: 'stretch',
    interpolation: 'bilinear-unrounded'
  },
  'pidnet: stretch 1024 × 512, bilinear': { width: 1024, height: 512, resize: 'stretch' },
  'pidnet: 1920 × 1080 as it is': { width: 1920, height: 1080, resize: 'none' },
  'classifier: crop 224, antialiased': {
    width: 224,
    height: 224,
    resize: 'crop',
    interpolation: 'bilinear-antialias'
  },
  'letterbox 640, area': { ...letterbox, interpolation: 'area' },
  'letterbox 640, nearest': { ...letterbox, interpolation: 'nearest' },
  'letterbox 640, grey': { ...letterbox, channels: 'gray' }
}

/**
 * From a JPEG of 1920 × 1080 to a tensor of floats, against sharp's own full decode and resize to the same size, which
 * leaves bytes; in turn. Each way in a thread of its own, as an engine has one: else the compiler would make code for all.
 */
export async function benchEngine({ json, seconds }: { json: boolean; seconds: number }): Promise<void> {
  const names = Object.keys(ways)
  const lines = []
  for (const name of names) {
    const { ours, sharp, ...others } = await measure(ways[name], seconds / names.length)
    lines.push({ what: name, ...ours, ...others, ...(name === held && { aim }), sharp })
  }
  report(json, { lines, conditions: { picture: 'JPEG, 1920 × 1080', cores: navigator.hardwareConcurrency } })
}

async function measure(input: unknown, seconds: number): Promise<z.infer<typeof answer>> {
  const workerData = { input: inputSpec.parse(input), seconds }
  const worker = new Worker(new URL('./engineWorker.ts', import.meta.url), { workerData })
  const [message] = (await once(worker, 'message')) as [unknown]
  await worker.terminate()
  return answer.parse(message)
}
