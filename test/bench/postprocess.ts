import { modelSpec, yoloDetectParameters, type ModelSpec } from '../../main/contract/index.ts'
import { families } from '../../main/engine/families/families.ts'
import type { Decoder, OutputTensor } from '../../main/engine/families/family.ts'
import { detections, toDetection } from '../../main/engine/families/yoloBoxes.ts'
import { place } from '../../main/engine/preprocess/placement.ts'
import { interleaved, report, type Line } from './interleaved.ts'
import { segmenter, segmenterOutputs, semantic, semanticOutputs } from './outputs.ts'
import { rounded } from './statistics.ts'

const original = { width: 1920, height: 1080 }

/**
 * Decoding alone, on outputs drawn from a seed: a YOLO segmenter's 8400 × 116 with 100 detections kept, and PIDNet's 19
 * classes; both on a picture of 1080p. Ratios are to the aims.
 */
export async function benchPostprocess({ json, seconds }: { json: boolean; seconds: number }): Promise<void> {
  const boxesAndMasks = segmenterOutputs()
  const logits = semanticOutputs()
  const segment = opened(segmenterSpec(), boxesAndMasks)
  const decode = opened(semanticSpec(), logits)
  const boxes = boxesOnly(boxesAndMasks)
  const measured = await interleaved(
    {
      boxes,
      polygons: () => segment('polygon'),
      rle: () => segment('rle'),
      semantic: () => decode('polygon'),
      semanticRle: () => decode('rle')
    },
    seconds
  )
  const line = (what: string, name: Parameters<typeof measured.times>[0], aim: number): Line => {
    const times = measured.times(name)
    return { what, ...times, ratio: rounded(times.ms / aim), cpuRatio: rounded(times.cpuMs / aim), aim: `${aim} ms` }
  }
  report(json, {
    lines: [
      line('yolo-segment: NMS and boxes only', 'boxes', 6),
      line('yolo-segment: with polygons', 'polygons', 12),
      line('yolo-segment: with polygons and RLE', 'rle', 12),
      line('pidnet: regions with polygons', 'semantic', 40),
      line('pidnet: regions with polygons and RLE', 'semanticRle', 40)
    ],
    conditions: {
      rounds: measured.rounds,
      picture: original,
      kept: boxes().length,
      corners: cornersOf(segment('polygon')),
      regions: decode('polygon').length,
      regionCorners: cornersOf(decode('polygon'))
    }
  })
}

type Opened = (form: Parameters<Decoder>[2]) => ReturnType<Decoder>

function opened(spec: ModelSpec, outputs: readonly OutputTensor[]): Opened {
  const facts = { inputs: [], outputs: [], metadata: {} }
  const decoder = families[spec.family].open(spec, {}, facts, outputs)
  const placement = place(original, spec.input)
  return (form) => decoder(outputs, placement, form)
}

function boxesOnly([output]: readonly OutputTensor[]) {
  const { input, classes } = segmenterSpec()
  const head = { classes: segmenter.classes, extras: segmenter.coefficients }
  const parameters = yoloDetectParameters.parse({})
  const placement = place(original, input)
  if (!output) throw new Error('there is no output')
  return () => {
    const { candidates, kept } = detections(output, 'columns', head, parameters, parameters.confidence)
    return kept.map((index) => toDetection(candidates, index, classes, placement))
  }
}

function cornersOf(predictions: ReturnType<Decoder>): number {
  const loops = predictions.flatMap(
    ({ mask }) => mask?.polygons?.flatMap(({ outer, holes }) => [outer, ...holes]) ?? []
  )
  return loops.reduce((sum, loop) => sum + loop.length / 2, 0)
}

function segmenterSpec(): ModelSpec {
  return modelSpec.parse({
    name: 'bench',
    task: 'instance-segmentation',
    family: 'yolo-segment',
    classes: named(segmenter.classes),
    input: { width: segmenter.side, height: segmenter.side, resize: 'letterbox' }
  })
}

function semanticSpec(): ModelSpec {
  return modelSpec.parse({
    name: 'bench',
    task: 'semantic-segmentation',
    family: 'pidnet',
    classes: named(semantic.classes),
    input: { width: semantic.width, height: semantic.height, resize: 'stretch' }
  })
}

function named(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `class ${at}`)
}
