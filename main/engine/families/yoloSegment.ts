import { yoloDetectParameters, yoloSegmentOptions } from '../../contract/families.ts'
import type { ModelSpec } from '../../contract/model.ts'
import { instanceMask, prototypeGrid, type Prototypes } from '../geometry/instanceMask.ts'
import { toMask } from '../geometry/toMask.ts'
import { ModelRefusal } from '../modelRefusal.ts'
import { flagged, lowerFloor } from './candidateFloor.ts'
import type { FamilyReader, ModelFacts, OutputTensor, Recognition } from './family.ts'
import { numbers } from './numbers.ts'
import { fixedLength, outputWords } from './shapes.ts'
import { ultralyticsFacts, yoloRecognition } from './ultralytics.ts'
import { detections, extrasOf, hasLayout, layoutOf, toDetection, type HeadShape } from './yoloBoxes.ts'

/**
 * YOLO segmenters: boxes with mask coefficients, and prototypes `[1, coefficients, h, w]`; the two outputs are told
 * apart by their rank. Masks at the original resolution, as `yolo predict` gives them with `retina_masks=True`; but a
 * detection whose mask is empty is answered too. Layouts: yoloBoxes.ts.
 */
export const yoloSegment: FamilyReader = {
  family: 'yolo-segment',
  expects:
    '[1, 4 + classes + coefficients, anchors] or [1, detections, 6 + coefficients], ' +
    'and prototypes [1, coefficients, height, width]',
  recognise,
  open(spec, given, facts, probe, candidateFloor) {
    const parameters = yoloDetectParameters.parse(given)
    const seen = outputsOf(probe, spec)
    const head: HeadShape = { classes: spec.classes.length, extras: seen.prototypes.channels }
    const layout = layoutOf(seen.boxes.dims, head, yoloSegmentOptions.parse(spec.options).layout, facts)
    if (!layout) throw wrongShape(spec, probe)
    const floor = lowerFloor(parameters.confidence, candidateFloor)
    return (outputs, placement, form) => {
      const { boxes, prototypes } = outputsOf(outputs, spec)
      if (!hasLayout(boxes.dims, layout, head)) throw wrongShape(spec, outputs)
      const { candidates, kept } = detections(boxes, layout, head, parameters, floor)
      const grid = prototypeGrid(prototypes, placement.original, spec.input.resize)
      return kept.map((index) => {
        const detection = toDetection(candidates, index, spec.classes, placement)
        const coefficients = extrasOf(boxes, layout, head, candidates.source[index] ?? 0)
        const mask = instanceMask(coefficients, prototypes, grid, detection.box)
        return flagged({ ...detection, mask: toMask(mask, placement.original, form) }, parameters.confidence)
      })
    }
  }
}

/** @throws ModelRefusal MODEL_UNSUPPORTED where they are not one of rank 3 and one of rank 4 */
function outputsOf(outputs: readonly OutputTensor[], spec: ModelSpec): { boxes: OutputTensor; prototypes: Prototypes } {
  const boxes = outputs.find(({ dims }) => dims.length === 3)
  const masks = outputs.find(({ dims }) => dims.length === 4)
  if (outputs.length !== 2 || !boxes || masks?.dims[0] !== 1) throw wrongShape(spec, outputs)
  const [, channels = 0, height = 0, width = 0] = masks.dims
  return { boxes, prototypes: { channels, height, width, data: numbers(masks) } }
}

function recognise(facts: ModelFacts): Recognition | null {
  const file = ultralyticsFacts(facts.metadata)
  if (!fits(facts, file.names?.length) || (file.task && file.task !== 'segment')) return null
  return yoloRecognition('yolo-segment', file)
}

/** Rows are as long as box and coefficients; of columns there are fewer than anchors, which YOLOv5 has the other way. */
function fits({ outputs }: ModelFacts, named: number | undefined): boolean {
  const boxes = outputs.find(({ shape }) => shape.length === 3)?.shape.map(fixedLength)
  const extras = fixedLength(outputs.find(({ shape }) => shape.length === 4)?.shape[1])
  if (outputs.length !== 2 || !boxes || extras === undefined) return false
  const [, second, third] = boxes
  if (third === 6 + extras) return true
  if (second === undefined) return false
  return named === undefined ? second > 4 + extras && (third ?? Infinity) > second : second === 4 + named + extras
}

function wrongShape(spec: ModelSpec, outputs: readonly OutputTensor[]): ModelRefusal {
  const seen = outputWords(outputs)
  return new ModelRefusal(
    'MODEL_UNSUPPORTED',
    `a YOLO segmenter of ${spec.classes.length} classes answers ${yoloSegment.expects}, this model answered ${seen}`
  )
}
