import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { modelSpec, parameters, type ModelSpec } from '../../main/contract/index.ts'

/** What the families' own packages answered: test/parity/packages.py. */

const folder = new URL('../fixtures/parity/packages/', import.meta.url)
const root = new URL('../../', import.meta.url)
const shared = process.env['LINESIDE_SHARED']

const number = z.number()
const judged = z.object({
  class: z.string(),
  confidence: number,
  corners: z.tuple([number, number, number, number]),
  /** The four corners of a rotated box, x and y in turn, in px. */
  polygon: z.array(number).length(8).optional(),
  mask: z.object({ areaPx: number, counts: z.string() }).optional()
})
export type Judged = z.infer<typeof judged>

const judgedPicture = z.object({
  /** Width and height. */
  size: z.tuple([number, number]),
  detections: z.array(judged).optional(),
  /** The class of each px, a PNG of one channel. */
  map: z.base64().optional(),
  probabilities: z.record(z.string(), number).optional()
})
export type JudgedPicture = z.infer<typeof judgedPicture>

const packageCase = z.object({
  made: z.record(z.string(), z.string()),
  model: z.object({ file: z.string(), sha256: z.string() }),
  spec: z.looseObject({}).transform((spec): ModelSpec => modelSpec.parse({ name: 'judged', ...spec })),
  parameters,
  pictures: z.record(z.string(), judgedPicture)
})
export type PackageCase = z.infer<typeof packageCase>

/** The names of all cases. */
export function packageCases(): string[] {
  return readdirSync(folder).map((file) => file.replace('.json', ''))
}

export function readPackageCase(name: string): PackageCase {
  return packageCase.parse(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')))
}

/** The path of a model or picture; null where it is one of ../shared and that is not there. */
export function located(name: string): string | null {
  const path =
    shared && name.startsWith('../shared/')
      ? `${shared}/${name.slice('../shared/'.length)}`
      : fileURLToPath(new URL(name, root))
  return !name.startsWith('../shared/') || existsSync(path) ? path : null
}
