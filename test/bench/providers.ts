import { measureBare, type BareOptions } from './bare.ts'
import { sampleModels, type SampleModel } from './sampleModels.ts'
import { percentile, rounded } from './statistics.ts'

const rounds = 3

type Way = Pick<BareOptions, 'threads' | 'processes' | 'options'>

const one: Way = { threads: 1, processes: 1 }
const noSpinning = { extra: { session: { intra_op: { allow_spinning: '0' } } } }

/** What is tried, against the first; what is not named is as ONNX Runtime has it by default. */
const ways: Record<string, Way> = {
  '1 thread': one,
  'optimisation basic': { ...one, options: { graphOptimizationLevel: 'basic' } },
  'optimisation extended': { ...one, options: { graphOptimizationLevel: 'extended' } },
  'optimisation off': { ...one, options: { graphOptimizationLevel: 'disabled' } },
  'no arena': { ...one, options: { enableCpuMemArena: false } },
  'no memory pattern': { ...one, options: { enableMemPattern: false } },
  'no arena, no pattern': { ...one, options: { enableCpuMemArena: false, enableMemPattern: false } },
  'parallel execution': { ...one, options: { executionMode: 'parallel' } },
  '2 threads': { threads: 2, processes: 1 },
  '2 threads, no spinning': { threads: 2, processes: 1, options: noSpinning },
  '2 instances of 1 thread': { threads: 1, processes: 2 }
}

/**
 * The ways to open a session on the CPU, by `session.run` alone and by the bare pipeline, in which a picture is decoded
 * between two runs. All in turn, several rounds; ratios of throughput are the median of the rounds', against the first.
 */
export async function benchProviders(options: { json: boolean; seconds: number }): Promise<void> {
  const ms = (options.seconds * 1000) / rounds / 2
  const models: Record<string, unknown> = {}
  for (const sample of sampleModels()) models[sample.name] = await measure(sample, ms)
  const result = { models, conditions: { rounds, cores: navigator.hardwareConcurrency } }
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`)
}

interface Measured {
  session: number[]
  pipeline: number[]
  cpuMs: number[]
  memoryBytes: number[]
}

async function measure(model: SampleModel, ms: number) {
  const measured = new Map<string, Measured>()
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, way] of Object.entries(ways)) {
      const session = await measureBare({ kind: 'session', model, ms, ...way })
      const pipeline = await measureBare({ kind: 'pipeline', model, ms, ...way })
      const seen = measured.get(name) ?? { session: [], pipeline: [], cpuMs: [], memoryBytes: [] }
      seen.session.push(session.perSecond)
      seen.pipeline.push(pipeline.perSecond)
      seen.cpuMs.push(pipeline.cpuMs)
      seen.memoryBytes.push(pipeline.memoryBytes)
      measured.set(name, seen)
    }
  }
  const [first] = measured.values()
  return Object.fromEntries([...measured].map(([name, seen]) => [name, first && report(seen, first)]))
}

function report(seen: Measured, first: Measured) {
  const ratio = (kind: 'session' | 'pipeline') => middle(seen[kind].map((rate, at) => rate / (first[kind][at] ?? 1)))
  return {
    ratios: { session: rounded(ratio('session'), 3), pipeline: rounded(ratio('pipeline'), 3) },
    perSecond: { session: rounded(middle(seen.session)), pipeline: rounded(middle(seen.pipeline)) },
    pipelineCpuMs: rounded(middle(seen.cpuMs)),
    memoryMb: rounded(middle(seen.memoryBytes) / 1e6, 0)
  }
}

function middle(values: readonly number[]): number {
  return percentile(values, 0.5)
}
