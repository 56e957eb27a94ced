import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { SampleModel } from './sampleModels.ts'

const workerMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('done'),
    ms: z.number(),
    cpuMs: z.number(),
    memoryBytes: z.number(),
    times: z.array(z.number())
  })
])

export interface BareOptions {
  kind: 'session' | 'pipeline'
  model: Pick<SampleModel, 'modelPath' | 'spec' | 'pictures'>
  threads: number
  processes: number
  ms: number
  /** Further options of ONNX Runtime's session. */
  options?: Record<string, unknown>
}

/** Rate of all processes together, in runs a second; of each run the time and the CPU's time, in ms. */
export interface BareResult {
  perSecond: number
  times: number[]
  cpuMs: number
  memoryBytes: number
}

/** Runs the bare work in as many processes as there are instances. */
export async function measureBare(options: BareOptions): Promise<BareResult> {
  const workers = await Promise.all(Array.from({ length: options.processes }, () => startWorker(options)))
  await new Promise((resolve) => setTimeout(resolve, options.ms))
  const results = await Promise.all(workers.map((worker) => worker.stop()))
  const times = results.flatMap((result) => result.times)
  const sum = (value: (result: (typeof results)[number]) => number) =>
    results.reduce((total, result) => total + value(result), 0)
  return {
    perSecond: sum((result) => (result.times.length * 1000) / result.ms),
    times,
    cpuMs: sum((result) => result.cpuMs) / times.length,
    memoryBytes: sum((result) => result.memoryBytes)
  }
}

async function startWorker({ kind, model, threads, options = {} }: BareOptions) {
  const script = fileURLToPath(new URL('./bareWorker.ts', import.meta.url))
  const child = fork(script, [JSON.stringify({ kind, ...model, threads, options })])
  const exited = new Promise<never>((_, reject) => {
    child.once('exit', (code) => {
      reject(new Error(`the bare worker ended with code ${code}`))
    })
  })
  exited.catch(() => undefined)
  const next = () =>
    Promise.race([
      exited,
      new Promise<z.infer<typeof workerMessage>>((resolve) => {
        child.once('message', (message) => {
          resolve(workerMessage.parse(message))
        })
      })
    ])
  await next()
  return {
    async stop() {
      child.send('stop')
      const message = await next()
      if (message.kind !== 'done') throw new Error('the bare worker answered out of turn')
      return message
    }
  }
}
