import { pidnetOptions, pidnetParameters, type PidnetParameters } from '../../contract/families.ts'
import type { ModelSpec } from '../../contract/model.ts'
import { components, noClass, regionMask, type ClassMap, type Region } from '../geometry/components.ts'
import { LogitField, nearestClasses, type Logits } from '../geometry/logits.ts'
import { toMask, type MaskForm } from '../geometry/toMask.ts'
import { ModelRefusal } from '../modelRefusal.ts'
import type { Placement } from '../preprocess/placement.ts'
import type { FamilyReader, ModelFacts, OutputTensor, RawPrediction } from './family.ts'
import { numbers } from './numbers.ts'
import { recogniseSegmenter } from './recogniseSegmenter.ts'
import { outputWords } from './shapes.ts'

/** Which output is read, and how its axes lie. */
interface Found {
  index: number
  layout: 'nchw' | 'nhwc' | 'map'
}

/** A region's confidence is the mean over all of its px, or of a large region over about this many all over it. */
const mostSamples = 4096
/** For all regions of a picture together; but each has some. */
const allSamples = 40_000
const leastSamples = 256

/**
 * Semantic segmentation: PIDNet's logits `[1, classes, h, w]` of any h and w, also with channels last; PIDNet's three
 * outputs of training, of which the second is the answer (configs: OUTPUT_INDEX 1); or class maps of whole numbers. The
 * class of each px of the original, then 8-connected regions.
 */
export const pidnet: FamilyReader = {
  family: 'pidnet',
  expects: '[1, classes, h, w], [1, h, w, classes] or a class map of whole numbers',
  recognise: recogniseSegmenter,
  open(spec, given, facts, probe) {
    const parameters = pidnetParameters.parse(given)
    const { alignCorners, background } = pidnetOptions.parse(spec.options)
    const found = outputOf(probe, spec, facts)
    const hidden = spec.classes.indexOf(background)
    return (outputs, placement, form) => {
      const output = outputs[found.index]
      if (!output) throw wrongShape(spec, outputs)
      const seen = see(output, found, placement, alignCorners)
      hide(seen.map, hidden)
      return answer(seen, spec, parameters, form)
    }
  }
}

function outputOf(outputs: readonly OutputTensor[], spec: ModelSpec, facts: ModelFacts): Found {
  const { layout: wanted } = pidnetOptions.parse(spec.options)
  const found = outputs.flatMap((output, index) => {
    const whole = /^u?int/.test(facts.outputs.find(({ name }) => name === output.name)?.type ?? '')
    const layout = layoutOf(output.dims, spec.classes.length, whole, wanted)
    return layout ? [{ index, layout }] : []
  })
  // Three outputs of training: the answer is between two helpers, the first of which has its shape.
  const main = outputs.length === 3 && found.length === 2 && found[1]?.index === 1 ? found[1] : found[0]
  if (!main) throw wrongShape(spec, outputs)
  return main
}

function layoutOf(
  dims: readonly number[],
  classes: number,
  whole: boolean,
  wanted: 'auto' | Found['layout']
): Found['layout'] | undefined {
  const fits = {
    map: dims[0] === 1 && (dims.length === 3 || (dims.length === 4 && (dims[1] === 1 || dims[3] === 1))),
    nchw: dims.length === 4 && dims[0] === 1 && dims[1] === classes,
    nhwc: dims.length === 4 && dims[0] === 1 && dims[3] === classes
  }
  if (wanted !== 'auto') return fits[wanted] ? wanted : undefined
  if (whole) return fits.map ? 'map' : undefined
  return fits.nchw ? 'nchw' : fits.nhwc ? 'nhwc' : undefined
}

function wrongShape(spec: ModelSpec, outputs: readonly OutputTensor[]): ModelRefusal {
  return new ModelRefusal(
    'MODEL_UNSUPPORTED',
    `a semantic segmentation model of ${spec.classes.length} classes answers ${pidnet.expects}, ` +
      `this model answered ${outputWords(outputs)}`
  )
}

interface Seen {
  map: ClassMap
  /** The probability of a px's class. */
  probability: (x: number, y: number) => number
}

function see(output: OutputTensor, { layout }: Found, placement: Placement, alignCorners: boolean): Seen {
  if (layout === 'map') return { map: nearestClasses(grid(output), placement), probability: () => 1 }
  const field = new LogitField(logitsOf(output, layout), placement, alignCorners)
  return { map: field.classMap(), probability: (x, y) => field.probability(x, y) }
}

function grid({ dims, data }: OutputTensor): { data: Float32Array; width: number; height: number } {
  const [height = 0, width = 0] = dims.length === 4 && dims[1] === 1 ? dims.slice(2) : dims.slice(1)
  return { data, width, height }
}

function logitsOf(output: OutputTensor, layout: 'nchw' | 'nhwc'): Logits {
  const [, second = 0, third = 0, fourth = 0] = output.dims
  const data = numbers(output)
  if (layout === 'nhwc') {
    return { data, classes: fourth, height: second, width: third, classStride: 1, pixelStride: fourth }
  }
  return { data, classes: second, height: third, width: fourth, classStride: third * fourth, pixelStride: 1 }
}

function hide({ data }: ClassMap, classIndex: number): void {
  if (classIndex < 0) return
  for (let at = 0; at < data.length; at++) if (data[at] === classIndex) data[at] = noClass
}

/** The largest regions first. */
function answer(
  { map, probability }: Seen,
  { classes }: ModelSpec,
  { minAreaPx, maxRegions }: PidnetParameters,
  form: MaskForm
): RawPrediction[] {
  const regions = components(map)
    .filter(({ area }) => area >= minAreaPx)
    .sort((a, b) => b.area - a.area)
    .slice(0, maxRegions)
  const samples = Math.min(mostSamples, Math.max(leastSamples, allSamples / regions.length))
  return regions.map((region) => {
    const { left, top, right, bottom, classIndex } = region
    return {
      class: classes[classIndex] ?? `class ${classIndex}`,
      confidence: meanProbability(region, probability, samples),
      box: { x: left, y: top, width: right - left, height: bottom - top },
      mask: toMask(regionMask(region), { width: map.width, height: map.height }, form)
    }
  })
}

/** Over all px of a small region; over a slanted lattice of px of a large one, which no pattern of rows lines up with. */
function meanProbability({ runs, area }: Region, probability: Seen['probability'], samples: number): number {
  const step = Math.max(1, Math.floor(area / samples))
  const slant = Math.round(step * 0.618)
  let [sum, count] = [0, 0]
  for (let at = 0; at < runs.length; at += 3) {
    const [y = 0, start = 0, end = 0] = [runs[at], runs[at + 1], runs[at + 2]]
    const phase = (start + y * slant) % step
    for (let x = start + ((step - phase) % step); x < end; x += step, count++) sum += probability(x, y)
  }
  return count > 0 ? Math.min(1, sum / count) : probability(runs[1] ?? 0, runs[0] ?? 0)
}
