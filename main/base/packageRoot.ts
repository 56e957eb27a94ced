import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** The folder of the package that a module belongs to, from sources and from the build alike. */
export function packageRoot(moduleUrl: string): string {
  let folder = dirname(fileURLToPath(moduleUrl))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error(`${fileURLToPath(moduleUrl)} lies in no package`)
    folder = parent
  }
  return folder
}

const manifest = z.object({
  version: z.string().default('0.0.0'),
  dependencies: z.record(z.string(), z.string()).default({})
})

/** The version in `package.json`. */
export function packageVersion(root: string): string {
  return readManifest(root).version
}

/** The packages in `package.json` that the program runs with, each with its exact version. */
export function packageDependencies(root: string): Record<string, string> {
  return readManifest(root).dependencies
}

function readManifest(root: string) {
  return manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
}
