import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { ApiClient } from '../../main/cli/apiClient.ts'
import { routes } from '../../main/contract/index.ts'

/** A side of the picture and of one of its eight by eight blocks, in px. */
export const side = 640
export const block = side / 8

/** A ring of red around a hole, and a crowd of single blocks, r for red and g for green; the rest is background. */
const blocks = ['rrr.g.r.', 'r.r.....', 'rrr.r.g.', '........', 'g.r.g.r.', '........', 'r.g.r.g.', '........']
const colours: Record<string, number[]> = { r: [255, 0, 0], g: [0, 255, 0] }

/** How many regions there are of each: the ring is one. */
export const found = { red: 7, green: 6 }

async function picture(): Promise<Uint8Array<ArrayBuffer>> {
  const pixels = blocks.join('').split('')
  const raw = Uint8Array.from(pixels.flatMap((one) => colours[one] ?? [0, 0, 255]))
  const small = sharp(raw, { raw: { width: 8, height: 8, channels: 3 } })
  return Uint8Array.from(await small.resize(side, side, { kernel: 'nearest' }).png().toBuffer())
}

/** A project whose model answers the colour of each of eight by eight blocks, with one inference. */
export async function createBlocks(client: ApiClient) {
  const classes = ['red', 'green', 'blue']
  const task = 'semantic-segmentation' as const
  const { id: project } = await client.call(routes.createProject, { body: { name: 'Blocks', task, classes } })
  const form = new FormData()
  form.set('file', new Blob([await readFile(join('test/fixtures/models/semantic-map.onnx'))]), 'blocks.onnx')
  const { uploadId } = await client.send(routes.inspectModel, {}, form)
  const input = { width: 8, height: 8, resize: 'stretch' as const, interpolation: 'nearest' as const }
  const spec = { name: 'blocks', task, family: 'pidnet' as const, classes, input, options: { background: 'blue' } }
  const model = await client.call(routes.createModel, { params: { id: project }, body: { uploadId, spec } })
  const sampling = { random: { probability: 1 } }
  const body = { project, model: model.id, type: 'api' as const, name: 'Blocks', sampling }
  const { slug } = await client.call(routes.createInference, { body })
  return { project, slug }
}

/** Predicts on the picture; it is recorded. */
export async function postBlocks(client: ApiClient, slug: string) {
  return client.send(routes.predict, { params: { slug }, query: {} }, await picture())
}
