import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const workerMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('done'), count: z.number(), ms: z.number(), times: z.array(z.number()) })
])

export interface BareOptions {
  kind: 'session' | 'pipeline'
  modelPath: string
  imagePath: string
  threads: number
  processes: number
  ms: number
}

/** Rate of all processes together, in runs a second, and the time of each run in ms. */
export interface BareResult {
  perSecond: number
  times: number[]
}

/** Runs the bare work in as many processes as there are instances. */
export async function measureBare(options: BareOptions): Promise<BareResult> {
  const workers = await Promise.all(Array.from({ length: options.processes }, () => startWorker(options)))
  await new Promise((resolve) => setTimeout(resolve, options.ms))
  const results = await Promise.all(workers.map((worker) => worker.stop()))
  return {
    perSecond: results.reduce((sum, result) => sum + (result.count * 1000) / result.ms, 0),
    times: results.flatMap((result) => result.times)
  }
}

async function startWorker({ kind, modelPath, imagePath, threads }: BareOptions) {
  const script = fileURLToPath(new URL('./bareWorker.ts', import.meta.url))
  const child = fork(script, [kind, modelPath, imagePath, String(threads)])
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
