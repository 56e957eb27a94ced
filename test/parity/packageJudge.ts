import { readFileSync } from 'node:fs'
import { loadOf, withEngine } from '../engine/engineProcess.ts'
import { checkModel } from './comparison.ts'
import { located, readPackageCase } from './packageCase.ts'
import { differences, noDifferences, worse, type Differences } from './packageComparison.ts'

/** What came of a case. */
export interface Verdict {
  name: string
  /** How many pictures were judged; what of ../shared was missing is not among them. */
  pictures: number
  missing: number
  all: Differences
  byPicture: Record<string, Differences>
}

/**
 * Holds the engine against one case, picture by picture.
 * @param wanted Which of its pictures.
 * @returns Null where the model is one of ../shared and that is not there.
 */
export async function judge(name: string, wanted: (picture: string) => boolean = () => true): Promise<Verdict | null> {
  const given = readPackageCase(name)
  const modelPath = located(given.model.file)
  if (!modelPath) return null
  checkModel(given, modelPath, 'packages.py')
  const verdict: Verdict = { name, pictures: 0, missing: 0, all: noDifferences(), byPicture: {} }
  await withEngine(async (engine) => {
    const loaded = await engine.load(loadOf(modelPath, given.spec, given.parameters))
    if (loaded.kind !== 'ready') throw new Error(`${name}: ${loaded.message}`)
    for (const [key, picture] of Object.entries(given.pictures).filter(([key]) => wanted(key))) {
      const path = located(key)
      if (!path) {
        verdict.missing++
        continue
      }
      const reply = await engine.predict(readFileSync(path), 'rle')
      if (reply.kind !== 'result') throw new Error(`${name}, ${key}: ${reply.detail}`)
      const seen = await differences(given, picture, reply.predictions)
      verdict.byPicture[key] = seen
      verdict.all = worse(verdict.all, seen)
      verdict.pictures++
    }
  })
  return verdict
}
