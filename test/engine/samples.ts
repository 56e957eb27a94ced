import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { box, modelSpec, type Box, type ModelSpec } from '../../main/contract/index.ts'

/** The sample projects, as they ship, with the truth about their pictures. */

const project = z.object({ models: z.array(z.object({ file: z.string(), spec: modelSpec })).min(1) })
const truth = z.record(
  z.string(),
  z.object({
    width: z.number(),
    height: z.number(),
    class: z.string(),
    defects: z.array(z.object({ class: z.string(), box }))
  })
)

export interface Sample {
  modelPath: string
  spec: ModelSpec
  truth: z.infer<typeof truth>
  picture(name: string): Uint8Array
}

export function readSample(name: 'bare-boards' | 'board-check'): Sample {
  const folder = new URL(`../../resources/sample/${name}/`, import.meta.url)
  const json = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  const [model] = project.parse(json('project.json')).models
  return {
    modelPath: fileURLToPath(new URL(model!.file, folder)),
    spec: model!.spec,
    truth: truth.parse(json('pictures/truth.json')),
    picture: (file) => readFileSync(new URL(`pictures/${file}`, folder))
  }
}

/** Intersection over union. */
export function iou(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  const shared = Math.max(0, width) * Math.max(0, height)
  return shared / (a.width * a.height + b.width * b.height - shared)
}
