import { bytes, fieldsOf, join, number, utf8, varint, type Field } from '../helpers/protobuf.ts'
import { elsewhere } from '../helpers/externalData.ts'
import { byteMutations, splice, type Mutation } from './mutateBytes.ts'
import type { Random } from './random.ts'

/**
 * Changes of an ONNX file that know its messages. Field numbers: onnx.proto (ModelProto 7 graph, 8 opset_import,
 * 14 metadata_props; GraphProto 1 node, 5 initializer, 11 input, 12 output; NodeProto 4 op_type, 5 attribute).
 */

type Path = readonly number[]

/** Messages worth changing, by the way to them from the file's root. */
const paths = {
  node: [7, 1],
  attribute: [7, 1, 5],
  initializer: [7, 5],
  input: [7, 11],
  output: [7, 12],
  inputType: [7, 11, 2, 1],
  inputAxis: [7, 11, 2, 1, 2, 1],
  outputAxis: [7, 12, 2, 1, 2, 1],
  opset: [8],
  property: [14]
} as const satisfies Record<string, Path>

const numbers = [
  0,
  1,
  2,
  3,
  -1,
  -7,
  255,
  65_535,
  1e6,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 53,
  2n ** 62n,
  2n ** 63n - 1n,
  -(2n ** 63n)
]
const locations = [
  '../secret.bin',
  '..\\secret.bin',
  '/etc/passwd',
  'C:\\boot.ini',
  'model.onnx',
  '.',
  '',
  'a/b',
  'NUL',
  '\0'
]
const operators = [
  'Relu',
  'Loop',
  'If',
  'Scan',
  'Resize',
  'Tile',
  'Expand',
  'ConstantOfShape',
  'Range',
  'NonZero',
  'Reshape'
]

export const modelMutations: Record<string, Mutation> = {
  number: (file, random) => changedSomewhere(file, random, (field) => number(field.number, random.pick(numbers)), 0),
  text: (file, random) => changedSomewhere(file, random, (field) => bytes(field.number, random.pick(texts(random))), 2),
  dropField: (file, random) => changedSomewhere(file, random, () => Buffer.alloc(0)),
  repeatField: (file, random) =>
    changedSomewhere(file, random, ({ whole }) => join(Array.from({ length: 1 + random.below(300) }, () => whole))),
  wrongLength: (file, random) =>
    changedSomewhere(file, random, ({ number: field, content }) =>
      join([varint(field * 8 + 2), varint(random.pick(numbers)), content])
    ),
  axis: (file, random) =>
    inside(file, random, random.oneIn(3) ? paths.outputAxis : paths.inputAxis, () =>
      random.oneIn(4) ? bytes(2, utf8('N'.repeat(random.below(3000)))) : number(1, random.pick(numbers))
    ),
  axes: (file, random) =>
    inside(file, random, paths.inputType, (type) =>
      join([type, bytes(2, join(Array.from({ length: random.below(2000) }, () => bytes(1, number(1, 1)))))])
    ),
  elementType: (file, random) =>
    inside(file, random, paths.inputType, (type) => join([type, number(1, random.below(30))])),
  weights: (file, random) =>
    inside(file, random, paths.initializer, (tensor) =>
      join([tensor, number(1, random.pick(numbers)), number(2, random.below(30))])
    ),
  external: (file, random) =>
    inside(file, random, paths.initializer, (tensor) =>
      join([
        ...fieldsOf(tensor)
          .filter((field) => field.number !== 9)
          .map(({ whole }) => whole),
        elsewhere(random.pick(locations), 64)
      ])
    ),
  externalConstant: (file, random) =>
    withNode(file, constantNode(join([number(1, 4), number(2, 1), elsewhere(random.pick(locations), 16)]))),
  nodes: (file, random) => withNode(file, node(random.pick(operators), 'x', 'x'), 1 + random.below(3000)),
  nesting: (file, random) => withNode(file, nestedNode(1 + random.below(300))),
  operator: (file, random) =>
    inside(file, random, paths.node, (one) => join([one, bytes(4, utf8(random.pick(operators)))])),
  attribute: (file, random) =>
    inside(file, random, paths.attribute, (one) =>
      join([one, number(3, random.pick(numbers)), number(8, random.pick(numbers))])
    ),
  opset: (file, random) => inside(file, random, paths.opset, () => number(2, random.pick(numbers))),
  metadata: (file, random) =>
    join([file, ...Array.from({ length: 1 + random.below(200) }, () => bytes(14, property(random)))]) as Buffer,
  names: (file, random) =>
    Buffer.from(
      join([file, bytes(14, join([bytes(1, utf8('names')), bytes(2, utf8(random.pick(literals(random))))]))])
    ),
  manyInputs: (file, random) =>
    inGraph(file, (graph) =>
      join([graph, ...Array.from({ length: random.below(20_000) }, () => bytes(11, Buffer.alloc(0)))])
    ),
  manyOutputs: (file, random) =>
    inGraph(file, (graph) =>
      join([graph, ...Array.from({ length: random.below(20_000) }, () => bytes(12, Buffer.alloc(0)))])
    )
}

/** A mutated ONNX file: one to four changes, most of them such that the file stays readable. */
export function mutateModel(file: Buffer, other: Buffer, random: Random): { file: Buffer; how: string } {
  const steps = 1 + (random.oneIn(2) ? 0 : random.below(4))
  const names: string[] = []
  let mutated: Buffer = Buffer.from(file)
  for (let step = 0; step < steps; step++) {
    const known = step === 0 || !names.some((name) => name in byteMutations || name === 'splice')
    const [name, next] = known && !random.oneIn(3) ? structured(mutated, random) : plain(mutated, other, random)
    names.push(name)
    mutated = next
  }
  return { file: mutated, how: names.join('+') }
}

function structured(file: Buffer, random: Random): [string, Buffer] {
  const [name, mutate] = random.pick(Object.entries(modelMutations))
  try {
    return [name, Buffer.from(mutate(file, random))]
  } catch {
    // The file was broken before: its messages cannot be told apart any more.
    return ['append', Buffer.concat([file, random.bytes(8)])]
  }
}

function plain(file: Buffer, other: Buffer, random: Random): [string, Buffer] {
  if (random.oneIn(8)) return ['splice', splice(file, other, random)]
  const [name, mutate] = random.pick(Object.entries(byteMutations))
  return [name, Buffer.from(mutate(Buffer.from(file), random))]
}

/** Changes one message at the end of `path`, one of those that are there. */
function inside(file: Buffer, random: Random, path: Path, change: (content: Uint8Array) => Uint8Array): Buffer {
  const walk = (message: Uint8Array, [step, ...rest]: Path): Uint8Array => {
    if (step === undefined) return change(message)
    const fields = fieldsOf(message)
    const there = fields.filter((field) => field.number === step)
    if (there.length === 0) return message
    const chosen = random.pick(there)
    return join(fields.map((field) => (field === chosen ? bytes(step, walk(field.content, rest)) : field.whole)))
  }
  return Buffer.from(walk(file, path))
}

/** Replaces one field of one of the known messages. @param wire Only fields of this wire type. */
function changedSomewhere(file: Buffer, random: Random, change: (field: Field) => Uint8Array, wire?: number): Buffer {
  return inside(file, random, random.pick([[], [7], ...Object.values(paths)]), (message) => {
    const fields = fieldsOf(message)
    const there = fields.filter((field) => wire === undefined || field.wire === wire)
    if (there.length === 0) return message
    const chosen = random.pick(there)
    return join(fields.map((field) => (field === chosen ? change(field) : field.whole)))
  })
}

function inGraph(file: Buffer, change: (graph: Uint8Array) => Uint8Array): Buffer {
  return Buffer.from(
    join(fieldsOf(file).map((field) => (field.number === 7 ? bytes(7, change(field.content)) : field.whole)))
  )
}

function withNode(file: Buffer, content: Uint8Array, count = 1): Buffer {
  const field = bytes(1, content)
  return inGraph(file, (graph) => join([...Array.from({ length: count }, () => field), graph]))
}

function node(operator: string, input: string, output: string): Uint8Array {
  return join([bytes(1, utf8(input)), bytes(2, utf8(output)), bytes(4, utf8(operator))])
}

function constantNode(tensor: Uint8Array): Uint8Array {
  const value = join([bytes(1, utf8('value')), bytes(5, tensor), number(20, 4)])
  return join([bytes(2, utf8('secret')), bytes(4, utf8('Constant')), bytes(5, value)])
}

/** `If` in `If` in `If`. */
function nestedNode(depth: number): Uint8Array {
  let inner = node('Relu', 'x', 'y')
  for (let level = 0; level < depth; level++) {
    const branch = join([bytes(1, utf8('then_branch')), bytes(6, bytes(1, inner)), number(20, 5)])
    inner = join([node('If', 'x', 'y'), bytes(5, branch)])
  }
  return inner
}

function property(random: Random): Uint8Array {
  const key = random.pick([
    'task',
    'names',
    'imgsz',
    'args',
    'stride',
    'channels',
    'end2end',
    '__proto__',
    'constructor',
    ''
  ])
  return join([bytes(1, utf8(key)), bytes(2, random.pick(texts(random)))])
}

function texts(random: Random): Uint8Array[] {
  const words = [
    '',
    '__proto__',
    '\0',
    '../../x',
    '{',
    'é'.repeat(random.below(4000)),
    'x'.repeat(random.below(200_000))
  ]
  return [...words, 'detect', 'segment', 'classify', 'obb', '[640, 640]', '[-1, 0]', '{"nms": True}']
    .map(utf8)
    .concat(random.bytes(random.below(64)))
}

function literals(random: Random): string[] {
  const many = Array.from({ length: random.below(12_000) }, (_, at) => `${at}: 'c${at}'`).join(', ')
  const doubled = Array.from({ length: random.below(500) }, (_, at) => `${at}: 'same'`).join(', ')
  const deep = '['.repeat(random.below(100_000))
  return [
    `{${many}}`,
    `{${doubled}}`,
    deep,
    `{0: '${'n'.repeat(random.below(1000))}'}`,
    `{'__proto__': 'a'}`,
    `{0: '\\ud800'}`,
    `{-1: 'a'}`
  ]
}
