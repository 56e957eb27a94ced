import { afterAll, describe, expect, it } from 'vitest'
import {
  checkModel,
  compareDetections,
  compareTensor,
  readParityPicture,
  readReference,
  type Reference
} from '../parity/comparison.ts'
import { EngineProcess, loadOf } from './engineProcess.ts'
import { readSample, type Sample } from './samples.ts'
import type { Parameters } from '../../main/contract/index.ts'

/** Against an independent implementation of the references' pre- and post-processing: test/parity/reference.py. */

const engines: EngineProcess[] = []
afterAll(() => Promise.all(engines.map((engine) => engine.kill())))

async function started({ modelPath, spec }: Sample, parameters: Parameters): Promise<EngineProcess> {
  const engine = new EngineProcess()
  engines.push(engine)
  expect(await engine.load(loadOf(modelPath, spec, parameters))).toMatchObject({ kind: 'ready' })
  return engine
}

async function predictions(engine: EngineProcess, name: string, [width, height]: [number, number]) {
  const reply = await engine.predict(readParityPicture(name))
  if (reply.kind !== 'result') throw new Error(`${name}: ${reply.detail}`)
  expect(reply.image, name).toEqual({ width, height })
  return reply.predictions
}

describe('the sample detector, against the reference', () => {
  const sample = readSample('bare-boards')
  const reference = readReference('detector')
  const pictures = Object.entries(reference.pictures)
  const runs = pictures[0]![1].runs.map((run) => run.parameters)

  it('was made with the model that ships, on at least 20 pictures with detections', () => {
    checkModel(reference, sample.modelPath)
    expect(
      pictures.filter(
        ([
          ,
          {
            runs: [first]
          }
        ]) => first!.detections.length > 0
      ).length
    ).toBeGreaterThanOrEqual(20)
  })

  it.each(runs.map((parameters, at) => ({ parameters, at })))(
    'gives the same detections with $parameters',
    async ({ parameters, at }) => {
      checkModel(reference, sample.modelPath)
      const engine = await started(sample, parameters)
      for (const [name, picture] of pictures) {
        const seen = compareDetections(picture.runs[at]!.detections, await predictions(engine, name, picture.size))
        expect(seen.unmatched, `${name}: detections without a counterpart`).toBe(0)
        expect(seen.px, `${name}: px`).toBeLessThanOrEqual(1)
        expect(seen.confidence, `${name}: confidence`).toBeLessThanOrEqual(0.005)
      }
    }
  )

  it('prepares pictures as OpenCV does', () => tensorsAgree(sample, reference))
})

describe('the sample classifier, against the reference', () => {
  const sample = readSample('board-check')
  const reference = readReference('classifier')

  it('gives the same probabilities', async () => {
    checkModel(reference, sample.modelPath)
    const engine = await started(sample, { topK: sample.spec.classes.length })
    for (const [name, picture] of Object.entries(reference.pictures)) {
      for (const { class: one, confidence } of await predictions(engine, name, picture.size)) {
        expect(Math.abs(confidence - picture.probabilities[one]!), `${name}: ${one}`).toBeLessThanOrEqual(0.01)
      }
    }
  })

  it('prepares pictures as OpenCV does', () => tensorsAgree(sample, reference))
})

/** Lossless pictures to the last bit; JPEG decoders may differ in chroma by a step or two. */
async function tensorsAgree({ spec }: Sample, { pictures, stride }: Reference): Promise<void> {
  for (const [name, picture] of Object.entries(pictures)) {
    const { exact, steps } = await compareTensor(name, picture, stride, spec.input)
    if (name.endsWith('.jpg')) expect(steps, name).toBeLessThanOrEqual(2)
    else expect(exact, name).toBe(true)
  }
}
