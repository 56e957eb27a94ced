import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiClient } from '../../main/cli/apiClient.ts'
import { routes, type Inference, type NewSetupInput } from '../../main/contract/index.ts'
import { HostProcess } from '../helpers/hostProcess.ts'
import { until } from '../helpers/until.ts'

const patienceMs = 120_000

/** A workstation whose host may be killed: a data folder, and the host that runs on it now. */
export class Workstation {
  readonly dataFolder: string
  readonly #program: string | undefined
  #host: HostProcess
  #client: ApiClient

  private constructor(dataFolder: string, host: HostProcess, program: string | undefined) {
    this.dataFolder = dataFolder
    this.#program = program
    this.#host = host
    this.#client = new ApiClient(host.url, host.token)
  }

  /** @param program As `HostProcess.start`. */
  static async start(program?: string): Promise<Workstation> {
    const dataFolder = await mkdtemp(join(tmpdir(), 'lineside-faults-'))
    const station = new Workstation(dataFolder, await HostProcess.start(dataFolder, {}, program), program)
    await station.client.call(routes.changeSettings, { body: { resources: { cpuThreads: 4 } } })
    return station
  }

  get client(): ApiClient {
    return this.#client
  }

  get host(): HostProcess {
    return this.#host
  }

  endpoint(slug: string): string {
    return `${this.#host.url}/v1/inferences/${slug}/predict`
  }

  /** After the host's end: another one on the same data. */
  async startAgain(): Promise<void> {
    this.#host = await HostProcess.start(this.dataFolder, {}, this.#program)
    this.#client = new ApiClient(this.#host.url, this.#host.token)
  }

  get(slug: string): Promise<Inference> {
    return this.client.call(routes.getInference, { params: { slug } })
  }

  /** An inference of the sample detector with one instance of one thread. */
  async create(name: string, setup: Partial<NewSetupInput> = {}): Promise<string> {
    const { project, model } = await this.detector()
    const given = { type: 'api' as const, general: { threads: 1 }, ...setup }
    const body = { project: project.id, model: model.id, name, ...given }
    return (await this.client.call(routes.createInference, { body })).slug
  }

  /** The sample project's inference, as it was installed. */
  async detector(): Promise<Inference> {
    const { sampleProject } = await this.client.call(routes.settings, {})
    const { items } = await this.client.call(routes.listInferences, { query: { project: sampleProject ?? undefined } })
    const inference = items.at(0)
    if (!inference) throw new Error('the store has no sample project')
    return inference
  }

  /** @param path From the root, such as `/v1/projects`; sent with the token. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${this.#host.token}`)
    return fetch(this.#host.url + path, { ...init, headers })
  }

  async start(slug: string): Promise<void> {
    await this.client.call(routes.startInference, { params: { slug } })
  }

  async running(name: string, setup: Partial<NewSetupInput> = {}): Promise<string> {
    const slug = await this.create(name, setup)
    await this.start(slug)
    await this.untilStatus(slug, 'healthy')
    return slug
  }

  untilStatus(slug: string, status: Inference['status']): Promise<Inference> {
    const look = async () => {
      const inference = await this.get(slug)
      return inference.status === status ? inference : undefined
    }
    return until(`${slug} is ${status}`, look, patienceMs)
  }

  async remove(): Promise<void> {
    await this.#host.stop()
    await rm(this.dataFolder, { recursive: true, force: true })
  }
}

/** The processes of an inference's engines. */
export function enginesOf({ instances }: Inference): number[] {
  return instances.flatMap(({ pid }) => pid ?? [])
}

/** The processes that this one has started and that are still there; none where the system does not tell as Linux does. */
export async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => [])
  const texts = threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => ''))
  return (await Promise.all(texts)).flatMap((text) => text.split(' ').filter(Boolean)).map(Number)
}

/** Whether there is such a process. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
