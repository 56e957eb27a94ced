import { EngineProcess, loadOf } from '../engine/engineProcess.ts'
import { readSample } from '../engine/samples.ts'
import { compareDetections, compareTensor, readParityPicture, readReference } from './comparison.ts'

/** Prints how far the engine is from the reference, picture by picture: `node test/parity/report.ts`. */

const detector = readReference('detector')
const sample = readSample('bare-boards')
const pictures = Object.entries(detector.pictures)
const most = { detections: 0, px: 0, confidence: 0, steps: 0, exact: 0 }

console.log('reference', detector.made, detector.model)
for (const at of pictures[0]![1].runs.keys()) {
  const engine = new EngineProcess()
  await engine.load(loadOf(sample.modelPath, sample.spec, pictures[0]![1].runs[at]!.parameters))
  for (const [name, picture] of pictures) {
    const expected = picture.runs[at]!.detections
    const reply = await engine.predict(readParityPicture(name))
    const seen = compareDetections(expected, reply.kind === 'result' ? reply.predictions : [])
    console.log(`run ${at}`, name, { detections: expected.length, ...seen })
    most.detections += expected.length
    most.px = Math.max(most.px, seen.px)
    most.confidence = Math.max(most.confidence, seen.confidence)
  }
  await engine.kill()
}

for (const [name, picture] of pictures) {
  const { exact, steps } = await compareTensor(name, picture, detector.stride, sample.spec.input)
  console.log('tensor', name, { exact, steps })
  most.steps = Math.max(most.steps, steps)
  most.exact += exact ? 1 : 0
}

const classifier = readReference('classifier')
const check = readSample('board-check')
const engine = new EngineProcess()
await engine.load(loadOf(check.modelPath, check.spec, { topK: check.spec.classes.length }))
let probability = 0
for (const [name, picture] of Object.entries(classifier.pictures)) {
  const reply = await engine.predict(readParityPicture(name))
  for (const one of reply.kind === 'result' ? reply.predictions : []) {
    probability = Math.max(probability, Math.abs(one.confidence - picture.probabilities[one.class]!))
  }
}
await engine.kill()
console.log('largest deviations', { pictures: pictures.length, ...most, probability })
