import { inputSpec, type ProposedSpec, type SpecSource, type TensorInfo } from '../contract/model.ts'
import { families } from './families/families.ts'
import type { ModelFacts } from './families/family.ts'
import { fixedLength } from './families/shapes.ts'
import { ultralyticsFacts } from './families/ultralytics.ts'

/** A spec for a file and, for each of its fields, where the value comes from. */
export interface Proposal {
  spec: ProposedSpec
  sources: Record<string, SpecSource>
}

/** Proposes what can be told or guessed; what cannot is left out and named `missing`, so that a person is asked. */
export function proposeSpec(facts: ModelFacts, fileName: string): Proposal {
  const recognition = recognised(facts)
  const input = inputOf(facts)
  return {
    spec: {
      name: fileName.replace(/\.onnx$/i, '') || 'model',
      version: '1',
      options: {},
      ...recognition?.spec,
      input: { scale: scaleOf(facts), mean: [0, 0, 0], std: [1, 1, 1], ...recognition?.spec.input, ...input.spec }
    },
    sources: {
      name: 'guess',
      version: 'guess',
      task: 'missing',
      family: 'missing',
      classes: 'missing',
      'input.resize': 'missing',
      'input.scale': 'guess',
      'input.mean': 'guess',
      'input.std': 'guess',
      ...recognition?.sources,
      ...input.sources
    }
  }
}

/** 0 to 1 for floats; bytes take pixel values as they are, and would all become 0. */
function scaleOf({ inputs: [tensor] }: ModelFacts): number {
  return tensor?.type === 'uint8' ? 1 : 1 / 255
}

/** Only a single family that recognises the file counts: where two would do, a person is asked. */
function recognised(facts: ModelFacts) {
  const found = Object.values(families).flatMap((family) => family.recognise(facts) ?? [])
  return found.length === 1 ? found[0] : undefined
}

function inputOf(facts: ModelFacts): { spec: ProposedSpec['input']; sources: Proposal['sources'] } {
  const [tensor] = facts.inputs
  const file = ultralyticsFacts(facts.metadata)
  const [first, ...rest] = [1, 2, 3].map((index) => axis(tensor, index))
  const last = rest[1]
  // Channels come last where the last axis can be nothing else and the first of them can be no channels.
  const channelsLast = isChannels(last) && !isChannels(first)
  const height = side((channelsLast ? first : rest[0]) ?? file.imgsz?.[0])
  const width = side((channelsLast ? rest[0] : last) ?? file.imgsz?.[1])
  const channels = (channelsLast ? last : first) ?? file.channels
  return {
    spec: {
      ...(width ? { width } : {}),
      ...(height ? { height } : {}),
      channels: channels === 1 ? 'gray' : 'rgb'
    },
    sources: {
      'input.width': width ? 'file' : 'missing',
      'input.height': height ? 'file' : 'missing',
      'input.channels': channels === 1 ? 'file' : 'guess'
    }
  }
}

function isChannels(length: number | undefined): boolean {
  return length === 1 || length === 3
}

/** Only a side that a spec may have. */
function side(length: number | undefined): number | undefined {
  return inputSpec.shape.width.safeParse(length).data
}

function axis(tensor: TensorInfo | undefined, index: number): number | undefined {
  return tensor?.shape.length === 4 ? fixedLength(tensor.shape[index]) : undefined
}
