import type { TensorInfo } from '../../contract/model.ts'
import type { ModelFacts, Recognition } from './family.ts'
import { fixedLength } from './shapes.ts'
import { ultralyticsFacts } from './ultralytics.ts'

/** ImageNet's, with which PIDNet is trained. */
const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }

const leastSide = 32

/** What was seen: how many classes, and by what. */
interface Sight {
  classes?: number
  by: 'task' | 'names' | 'training' | 'size'
}

/**
 * Semantic segmentation by what the file says, by names as many as channels, by PIDNet's three outputs of training, or
 * by an output as large as the input. Other grids of numbers may be anything, a detector's raw head for instance.
 */
export function recogniseSegmenter(facts: ModelFacts): Recognition | null {
  const file = ultralyticsFacts(facts.metadata)
  if (file.task && file.task !== 'semantic') return null
  const sight = see(facts, file.task !== undefined, file.names?.length)
  if (!sight) return null
  const classes = file.names ?? placeholders(sight.classes)
  const background = classes?.find((name) => /^background$/i.test(name))
  const pidnets = sight.by === 'names' || sight.by === 'training'
  return {
    spec: {
      task: 'semantic-segmentation',
      family: 'pidnet',
      ...(classes ? { classes } : {}),
      input: file.task ? { resize: 'letterbox', pad: 114 } : { resize: 'stretch', ...(pidnets ? imageNet : {}) },
      options: { layout: 'auto', alignCorners: pidnets, background: background ?? '' }
    },
    sources: {
      task: file.task ? 'file' : 'guess',
      family: file.task ? 'file' : 'guess',
      classes: file.names ? 'file' : 'missing',
      'input.resize': 'guess',
      'options.layout': 'guess',
      'options.alignCorners': 'guess',
      'options.background': 'guess'
    }
  }
}

function see({ inputs: [input], outputs }: ModelFacts, told: boolean, names: number | undefined): Sight | undefined {
  const shapes = outputs.map(({ shape }) => shape.map((axis) => fixedLength(axis)))
  const [shape] = shapes
  if (!input || !shape || !outputs[0]) return undefined
  if (outputs.length === 3) return isTraining(shapes) ? { classes: shape[1] ?? 0, by: 'training' } : undefined
  if (outputs.length !== 1) return undefined
  if (isMap(outputs[0])) return { by: told ? 'task' : 'size' }
  if (shape.length !== 4) return undefined
  if (told) return { ...(shape[1] ? { classes: shape[1] } : {}), by: 'task' }
  if (names !== undefined && names > 1 && (shape[1] === names || shape[3] === names))
    return { classes: names, by: 'names' }
  return asLargeAsInput(shape, input)
}

/** Two of the same shape, and a boundary of one channel. */
function isTraining([extra, main, boundary]: (number | undefined)[][]): boolean {
  if (extra?.length !== 4 || main?.length !== 4 || boundary?.length !== 4) return false
  return (main[1] ?? 0) > 1 && extra[1] === main[1] && boundary[1] === 1
}

function isMap({ type, shape }: TensorInfo): boolean {
  if (!/^u?int/.test(type)) return false
  return shape.length === 3 || (shape.length === 4 && (shape[1] === 1 || shape[3] === 1))
}

/** As many as 1 or 3 channels may as well be a picture, and a small grid anything. */
function asLargeAsInput(shape: (number | undefined)[], input: TensorInfo): Sight | undefined {
  const [, a, b, c] = input.shape.map((axis) => fixedLength(axis))
  const sides = a === 1 || a === 3 ? [b, c] : [a, b]
  if (sides.some((side) => side === undefined || side < leastSide)) return undefined
  const first = shape[2] === sides[0] && shape[3] === sides[1] ? shape[1] : undefined
  const last = shape[1] === sides[0] && shape[2] === sides[1] ? shape[3] : undefined
  const classes = first ?? last
  return classes === undefined || classes === 1 || classes === 3 ? undefined : { classes, by: 'size' }
}

function placeholders(count: number | undefined): string[] | undefined {
  return count && count <= 10_000 ? Array.from({ length: count }, (_, at) => `class ${at}`) : undefined
}
