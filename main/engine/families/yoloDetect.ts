import { yoloDetectOptions, yoloDetectParameters } from '../../contract/families.ts'
import type { ModelSpec } from '../../contract/model.ts'
import { ModelRefusal } from '../modelRefusal.ts'
import { flagged, lowerFloor } from './candidateFloor.ts'
import type { FamilyReader, ModelFacts, OutputTensor, Recognition } from './family.ts'
import { fixedLength, outputWords } from './shapes.ts'
import { ultralyticsFacts, yoloRecognition } from './ultralytics.ts'
import { detections, hasLayout, layoutOf, toDetection } from './yoloBoxes.ts'

const rowLength = 6

/** YOLO detectors: boxes and nothing else, in one output. Layouts: yoloBoxes.ts. */
export const yoloDetect: FamilyReader = {
  family: 'yolo-detect',
  expects: '[1, 4 + classes, anchors] or [1, detections, 6]',
  recognise,
  open(spec, given, facts, probe, candidateFloor) {
    const parameters = yoloDetectParameters.parse(given)
    const head = { classes: spec.classes.length, extras: 0 }
    const layout = layoutOf(probe[0]?.dims ?? [], head, yoloDetectOptions.parse(spec.options).layout, facts)
    if (!layout) throw wrongShape(spec, probe)
    const floor = lowerFloor(parameters.confidence, candidateFloor)
    return (outputs, placement) => {
      const [output] = outputs
      if (!output || !hasLayout(output.dims, layout, head)) throw wrongShape(spec, outputs)
      const { candidates, kept } = detections(output, layout, head, parameters, floor)
      return kept.map((index) =>
        flagged(toDetection(candidates, index, spec.classes, placement), parameters.confidence)
      )
    }
  }
}

function recognise(facts: ModelFacts): Recognition | null {
  const [output] = facts.outputs
  if (facts.outputs.length !== 1 || !output || output.shape.length !== 3) return null
  const file = ultralyticsFacts(facts.metadata)
  if ((file.task && file.task !== 'detect') || file.transformer) return null
  const columns = fixedLength(output.shape[1])
  const named = file.names?.length
  const fits =
    fixedLength(output.shape[2]) === rowLength ||
    (columns !== undefined && (named === undefined ? columns > 4 : columns === 4 + named))
  if (!fits || (!file.task && (named === undefined || columns !== 4 + named))) return null
  return yoloRecognition('yolo-detect', file)
}

function wrongShape(spec: ModelSpec, outputs: readonly OutputTensor[]): ModelRefusal {
  const seen = outputWords(outputs)
  return new ModelRefusal(
    'MODEL_UNSUPPORTED',
    `a YOLO detector of ${spec.classes.length} classes answers ${yoloDetect.expects}, this model answered ${seen}`
  )
}
