import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { modelSpec, type ModelSpec } from '../../main/contract/index.ts'

const project = z.object({
  project: z.object({ name: z.string() }),
  models: z.array(z.object({ file: z.string(), spec: modelSpec })).min(1)
})

/** A sample project's model with pictures to measure it by. */
export interface SampleModel {
  name: string
  project: string
  modelPath: string
  spec: ModelSpec
  pictures: string[]
}

/** Every sample project; a picture that ships for benchmarks goes before those that are shown. */
export function sampleModels(): SampleModel[] {
  const root = new URL('../../resources/sample/', import.meta.url)
  return readdirSync(root).map((name) => {
    const folder = new URL(`${name}/`, root)
    const parsed = project.parse(JSON.parse(readFileSync(new URL('project.json', folder), 'utf8')))
    const [model] = parsed.models
    if (!model) throw new Error(`${name} has no model`)
    return {
      name,
      project: parsed.project.name,
      modelPath: fileURLToPath(new URL(model.file, folder)),
      spec: model.spec,
      pictures: picturesIn(folder)
    }
  })
}

function picturesIn(folder: URL): string[] {
  const listed = (url: URL) => readdirSync(url).map((name) => fileURLToPath(new URL(name, url)))
  const images = (paths: string[]) => paths.filter((path) => /\.(png|jpg)$/.test(path)).sort()
  const own = images(listed(folder))
  return own.length > 0 ? own : images(listed(new URL('pictures/', folder)))
}
