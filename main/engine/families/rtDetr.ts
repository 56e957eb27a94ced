import { rtDetrParameters } from '../../contract/families.ts'
import type { ModelSpec } from '../../contract/model.ts'
import { ModelRefusal } from '../modelRefusal.ts'
import type { Placement } from '../preprocess/placement.ts'
import { flagged, lowerFloor } from './candidateFloor.ts'
import type { FamilyReader, ModelFacts, OutputTensor, RawPrediction, Recognition } from './family.ts'
import { readerOf, type Query } from './rtDetrQueries.ts'
import { fixedLength, outputWords } from './shapes.ts'
import { ultralyticsFacts, type UltralyticsFacts } from './ultralytics.ts'

/** More queries than a decoder has would be a detector's anchors. */
const mostQueries = 1000

/** RT-DETR, whose boxes need no suppression. Layouts: rtDetrQueries.ts. */
export const rtDetr: FamilyReader = {
  family: 'rt-detr',
  expects: 'labels [1, N], boxes [1, N, 4] and scores [1, N], or one output [1, N, 4 + classes] or [1, N, 6]',
  recognise,
  open(spec, given, _facts, probe, candidateFloor) {
    const { confidence, maxDetections } = rtDetrParameters.parse(given)
    const floor = lowerFloor(confidence, candidateFloor)
    const queriesOf = readerOf(probe, spec)
    if (!queriesOf) throw wrongShape(spec, probe)
    return (outputs, placement) => {
      const queries = queriesOf(outputs)
      if (!queries) throw wrongShape(spec, outputs)
      return best(queries, floor, maxDetections).map((one) => flagged(toPrediction(one, spec, placement), confidence))
    }
  }
}

function recognise(facts: ModelFacts): Recognition | null {
  const file = ultralyticsFacts(facts.metadata)
  const official = isOfficial(facts)
  if (!official && !isUltralytics(facts, file)) return null
  return {
    spec: {
      task: 'detection',
      family: 'rt-detr',
      ...(file.names ? { classes: file.names } : {}),
      // The official repository resizes with Pillow, which smooths; Ultralytics with OpenCV, which does not.
      input: { resize: 'stretch', interpolation: official ? 'bilinear-antialias' : 'bilinear' },
      options: {}
    },
    sources: {
      task: file.task ? 'file' : 'guess',
      family: file.transformer ? 'file' : 'guess',
      classes: file.names ? 'file' : 'missing',
      'input.resize': 'guess',
      'input.interpolation': 'guess'
    }
  }
}

function isOfficial({ inputs, outputs }: ModelFacts): boolean {
  const names = outputs.map(({ name }) => name)
  return inputs.length === 2 && ['labels', 'boxes', 'scores'].every((name) => names.includes(name))
}

/** By the file's own word; else by rows of 4 + classes numbers: those of a YOLO detector have 6 and say so. */
function isUltralytics(
  { outputs: [output, ...others] }: ModelFacts,
  { task, names, rows, transformer }: UltralyticsFacts
): boolean {
  if (task !== 'detect' || !output || others.length > 0 || output.shape.length !== 3) return false
  if (transformer) return true
  const queries = fixedLength(output.shape[1])
  const fits = queries !== undefined && queries <= mostQueries
  return fits && !rows && names !== undefined && fixedLength(output.shape[2]) === 4 + names.length
}

function wrongShape({ classes }: ModelSpec, outputs: readonly OutputTensor[]): ModelRefusal {
  return new ModelRefusal(
    'MODEL_UNSUPPORTED',
    `an RT-DETR of ${classes.length} classes answers ${rtDetr.expects}, this model answered ${outputWords(outputs)}`
  )
}

function best(queries: readonly Query[], floor: number, most: number): Query[] {
  return queries
    .filter(({ score }) => score > floor)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
}

/** Back to px of the original image, clipped to it. */
function toPrediction(
  { corners, score, classIndex }: Query,
  { classes }: ModelSpec,
  placement: Placement
): RawPrediction {
  const { original, scaleX, scaleY, left, top } = placement
  const x = (value: number) => Math.min(Math.max((value - left) / scaleX, 0), original.width)
  const y = (value: number) => Math.min(Math.max((value - top) / scaleY, 0), original.height)
  const [x1, y1, x2, y2] = [x(corners[0]), y(corners[1]), x(corners[2]), y(corners[3])]
  return {
    class: classes[classIndex] ?? `class ${classIndex}`,
    confidence: Math.min(1, score),
    box: { x: x1, y: y1, width: x2 - x1, height: y2 - y1 }
  }
}
