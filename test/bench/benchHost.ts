import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ApiClient } from '../../main/cli/apiClient.ts'
import { routes, type NewSetupInput } from '../../main/contract/index.ts'
import type { SampleModel } from './sampleModels.ts'

const lineside = fileURLToPath(new URL('../../bin/lineside.mjs', import.meta.url))
const announcement = z.object({ url: z.string(), token: z.string() })

/** `lineside serve` in a process of its own, on a data folder that goes away with it. */
export class BenchHost {
  readonly #child: ChildProcess
  readonly #data: string
  readonly client: ApiClient
  /** Opens the window, once. */
  readonly windowUrl: string

  private constructor(child: ChildProcess, data: string, { url, token }: z.infer<typeof announcement>) {
    this.#child = child
    this.#data = data
    this.client = new ApiClient(url, token)
    this.windowUrl = `${url}/?token=${token}`
  }

  /** @param program Another one that serves; it is given the data folder alone. */
  static async start(program?: string): Promise<BenchHost> {
    const data = mkdtempSync(join(tmpdir(), 'lineside-bench-'))
    const args = program === undefined ? [lineside, 'serve', '--port', '0', '--json'] : [program]
    const child = spawn(process.execPath, [...args, '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] })
    for await (const line of createInterface(child.stdout)) {
      return new BenchHost(child, data, announcement.parse(JSON.parse(line)))
    }
    throw new Error('lineside serve ended before it was ready')
  }

  async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.kill('SIGTERM')
    await exited
    rmSync(this.#data, { recursive: true, force: true })
  }

  /** Runs an inference of a sample's model, without recording, while `use` works with it. */
  async running<T>(
    sample: SampleModel,
    general: NewSetupInput['general'],
    use: (running: { endpoint: string; cpuMs: () => Promise<number | null> }) => Promise<T>
  ): Promise<T> {
    const { items: projects } = await this.client.call(routes.listProjects, {})
    const project = projects.find(({ name }) => name === sample.project)
    if (!project) throw new Error(`the sample project “${sample.project}” is missing`)
    const { items: models } = await this.client.call(routes.listModels, { params: { id: project.id } })
    const body = { project: project.id, model: models[0]?.id ?? '', type: 'api' as const, name: 'Bench', general }
    const { slug } = await this.client.call(routes.createInference, { body })
    const params = { slug }
    await this.client.call(routes.startInference, { params })
    try {
      const { endpoint } = await this.#until(slug, 'healthy')
      return await use({ endpoint, cpuMs: () => this.#cpuMs(slug) })
    } finally {
      await this.client.call(routes.stopInference, { params })
      await this.#until(slug, 'stopped')
      await this.client.call(routes.deleteInference, { params })
    }
  }

  async #until(slug: string, status: 'healthy' | 'stopped') {
    for (;;) {
      const inference = await this.client.call(routes.getInference, { params: { slug } })
      if (inference.status === status) return inference
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** CPU time of host and engines so far, in ms; null where the system does not tell it as Linux does. */
  async #cpuMs(slug: string): Promise<number | null> {
    const { instances } = await this.client.call(routes.getInference, { params: { slug } })
    return cpuMsOf([this.#child.pid ?? null, ...instances.map(({ pid }) => pid)])
  }
}

/** CPU time of these processes so far, in ms; null where the system does not tell it as Linux does. */
export function cpuMsOf(pids: (number | null)[]): number | null {
  return pids.map(cpuMsOfOne).reduce<number | null>((sum, ms) => (sum === null || ms === null ? null : sum + ms), 0)
}

/** Fields 14 and 15 of proc(5)'s stat: user and system time in hundredths of a second. */
function cpuMsOfOne(pid: number | null): number | null {
  if (pid === null || process.platform !== 'linux') return null
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return 10 * (Number(fields[11]) + Number(fields[12]))
}
