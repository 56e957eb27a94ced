import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { modelSpec } from '../../../main/contract/index.ts'

/** The detector's sample project, for tests with the real engine. */

const folder = new URL('../../../resources/sample/bare-boards/', import.meta.url)
const project = z
  .object({ models: z.array(z.object({ file: z.string(), spec: modelSpec })).min(1) })
  .parse(JSON.parse(readFileSync(new URL('project.json', folder), 'utf8')))

const [shipped] = project.models
if (!shipped) throw new Error('the sample project has no model')

export const boardSpec = shipped.spec
export const boardModelPath = fileURLToPath(new URL(shipped.file, folder))
/** A picture with defects on it. */
export const boardPicture: Uint8Array = readFileSync(new URL('pictures/board-02.jpg', folder))
export const otherPicture: Uint8Array = readFileSync(new URL('pictures/board-04.jpg', folder))
