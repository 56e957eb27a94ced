import { z } from 'zod'
import { EngineProcess, loadOf } from '../engine/engineProcess.ts'
import { readSample } from '../engine/samples.ts'
import { compareDetections, compareTensor, readParityPicture, readReference } from './comparison.ts'
import { packageCases, readPackageCase } from './packageCase.ts'
import { beyond } from './packageComparison.ts'
import { judge } from './packageJudge.ts'

/**
 * How far the engine is from its references on all of their pictures: `npm run parity`, with names to judge only some.
 * Exits with 1 where something is beyond what is allowed.
 */

const wanted = process.argv.slice(2)
let failed = 0

for (const name of packageCases().filter((one) => wanted.length === 0 || wanted.includes(one))) {
  const verdict = await judge(name)
  if (!verdict) {
    console.log(`not run  ${name}: its model is in ../shared, which is not there`)
    continue
  }
  const { all, pictures, missing, byPicture } = verdict
  const left = missing > 0 ? `, not run: ${missing} pictures of ../shared` : ''
  console.log(`${beyond(all).length > 0 ? 'FAILED ' : 'passed '}  ${name}: ${pictures} pictures${left}`)
  console.log(`         ${figures(all)}; judged by ${judgeWords(readPackageCase(name).made)}`)
  for (const [picture, seen] of Object.entries(byPicture)) {
    if (beyond(seen).length > 0) console.log(`         ${picture}: ${beyond(seen).join('; ')}`)
  }
  failed += beyond(all).length
}

if (wanted.length === 0) failed += await ownReference()
process.exitCode = failed > 0 ? 1 : 0

/** The packages and their versions. */
function judgeWords({ command: _command, python: _python, ...packages }: Record<string, string>): string {
  return Object.entries(packages)
    .map((one) => one.join(' '))
    .join(', ')
}

function figures(all: object): string {
  const round = (value: number) =>
    Number.isInteger(value) ? value : Number(value.toPrecision(value > 0.9 && value < 1 ? 7 : 3))
  return Object.entries(z.record(z.string(), z.number()).parse(all))
    .map(([key, value]) => `${key} ${round(value)}`)
    .join(', ')
}

/** The sample detector with two settings, and prepared pictures, against NumPy and OpenCV (reference.py). */
async function ownReference(): Promise<number> {
  const { pictures, stride } = readReference('detector')
  const { modelPath, spec } = readSample('bare-boards')
  const most = { detections: 0, unmatched: 0, px: 0, confidence: 0, steps: 0, exact: 0 }
  const names = Object.entries(pictures)
  for (const [at, { parameters }] of names[0]![1].runs.entries()) {
    const engine = new EngineProcess()
    await engine.load(loadOf(modelPath, spec, parameters))
    for (const [name, picture] of names) {
      const reply = await engine.predict(readParityPicture(name))
      const expected = picture.runs[at]!.detections
      const seen = compareDetections(expected, reply.kind === 'result' ? reply.predictions : [])
      most.detections += expected.length
      most.unmatched += seen.unmatched
      most.px = Math.max(most.px, seen.px)
      most.confidence = Math.max(most.confidence, seen.confidence)
    }
    await engine.kill()
  }
  for (const [name, picture] of names) {
    const { exact, steps } = await compareTensor(name, picture, stride, spec.input)
    most.steps = Math.max(most.steps, steps)
    most.exact += exact ? 1 : 0
  }
  console.log(`${most.unmatched > 0 ? 'FAILED ' : 'passed '}  bare-boards against reference.py: ${figures(most)}`)
  return most.unmatched
}
