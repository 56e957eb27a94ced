import { readFileSync } from 'node:fs'
import { measureBare } from './bare.ts'
import { BenchHost } from './benchHost.ts'
import { load, type Answered } from './load.ts'
import { sampleModels, type SampleModel } from './sampleModels.ts'
import { percentile, rounded, spread } from './statistics.ts'

const instances = 1
const threads = 1
const rounds = 5
const concurrency = 2 * instances

/** Of one round; rates in a second, CPU time in ms a prediction. */
interface Round {
  session: number
  pipeline: number
  predict: number
  pipelineCpuMs: number
  predictCpuMs: number | null
  alone: Answered[]
  full: Answered[]
}

/**
 * For each sample model: `session.run` alone, the bare pipeline without server or post-processing, and the whole HTTP
 * request, on the same pictures and threads. They are measured in turn, several rounds, so that a drift of the machine
 * meets all; ratios are the median of the rounds'.
 */
export async function benchPredict(options: { json: boolean; seconds: number }): Promise<void> {
  const ms = (options.seconds * 1000) / rounds
  const host = await BenchHost.start()
  const models: Record<string, unknown> = {}
  try {
    for (const sample of sampleModels()) models[sample.name] = report(await measure(host, sample, ms))
  } finally {
    await host.stop()
  }
  const result = { models, conditions: { instances, threads, concurrency: [1, concurrency], rounds } }
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`)
}

function measure(host: BenchHost, model: SampleModel, ms: number): Promise<Round[]> {
  const images = model.pictures.map((path) => readFileSync(path))
  return host.running(model, { instances, threads, gpu: false }, async ({ endpoint, cpuMs }) => {
    await load(endpoint, images, concurrency, 1500)
    const measured: Round[] = []
    while (measured.length < rounds) {
      const session = await measureBare({ kind: 'session', model, threads, processes: instances, ms: ms / 2 })
      const pipeline = await measureBare({ kind: 'pipeline', model, threads, processes: instances, ms })
      const before = await cpuMs()
      const full = await load(endpoint, images, concurrency, ms)
      const after = await cpuMs()
      const alone = await load(endpoint, images, 1, ms / 2)
      measured.push({
        session: session.perSecond,
        pipeline: pipeline.perSecond,
        predict: full.perSecond,
        pipelineCpuMs: pipeline.cpuMs,
        predictCpuMs: before === null || after === null ? null : (after - before) / full.answered.length,
        alone: alone.answered,
        full: full.answered
      })
    }
    return measured
  })
}

/** `withPost`: against the pipeline as it would be with the measured time of post-processing added to each run. */
function report(measured: Round[]) {
  const middle = (value: (round: Round) => number) => rounded(percentile(measured.map(value), 0.5), 3)
  const alone = measured.flatMap((round) => round.alone)
  const full = measured.flatMap((round) => round.full)
  const postMs = percentile(
    alone.map(({ answer }) => answer.timing.postprocessMs),
    0.5
  )
  return {
    ratios: {
      pipeline: middle((round) => round.predict / round.pipeline),
      withPost: middle((round) => round.predict * (1 / round.pipeline + postMs / 1000)),
      session: middle((round) => round.predict / round.session)
    },
    perSecond: {
      session: middle((round) => round.session),
      pipeline: middle((round) => round.pipeline),
      predict: middle((round) => round.predict)
    },
    cpuMs: {
      pipeline: middle((round) => round.pipelineCpuMs),
      predict: middle((round) => round.predictCpuMs ?? Number.NaN)
    },
    overheadMs: spread(alone.map(({ ms, answer }) => ms - answer.timing.inferMs)),
    latencyMs: { alone: spread(alone.map(({ ms }) => ms)), full: spread(full.map(({ ms }) => ms)) },
    stagesMs: { alone: stages(alone), full: stages(full) }
  }
}

function stages(answered: Answered[]): Record<string, { p50: number; p95: number }> {
  const names = ['queueMs', 'decodeMs', 'preprocessMs', 'inferMs', 'postprocessMs', 'recordMs', 'totalMs'] as const
  return Object.fromEntries(names.map((name) => [name, spread(answered.map(({ answer }) => answer.timing[name]))]))
}
