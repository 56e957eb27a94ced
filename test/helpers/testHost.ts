import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ApiClient } from '../../main/cli/apiClient.ts'
import { routes, type Inference, type NewSetupInput, type Problem } from '../../main/contract/index.ts'
import { problem } from '../../main/contract/index.ts'
import type { HostOptions } from '../../main/host/config/config.ts'
import { createHost, type Host } from '../../main/host/createHost.ts'
import { sampleStore } from './sampleStore.ts'
import { until } from './until.ts'

export const sampleFolder = fileURLToPath(new URL('../../resources/sample', import.meta.url))
export const detectorPictures = join(sampleFolder, 'bare-boards', 'pictures')

/** A real host on a free port with a data folder of its own, and ways to talk to it. */
export class TestHost {
  readonly dataFolder: string
  readonly host: Host
  readonly client: ApiClient

  private constructor(dataFolder: string, host: Host) {
    this.dataFolder = dataFolder
    this.host = host
    this.client = new ApiClient(host.url, host.token)
  }

  /** On a store with the sample projects, unless a data folder or other projects are given. */
  static async start(options: Partial<HostOptions> = {}): Promise<TestHost> {
    const dataFolder = options.dataFolder ?? (await TestHost.#folder(options))
    const host = await createHost({
      port: 0,
      sampleFolder,
      leastFreeBytes: 0,
      ...options,
      dataFolder
    })
    const test = new TestHost(dataFolder, host)
    // So that no run waits for another one on a small workstation; tests of the queue set less.
    await test.client.call(routes.changeSettings, { body: { resources: { cpuThreads: 64 } } })
    return test
  }

  static #folder({ sampleFolder: given }: Partial<HostOptions>): Promise<string> {
    return given === undefined ? sampleStore('lineside-test-') : mkdtemp(join(tmpdir(), 'lineside-test-'))
  }

  /** @param path From the root, such as `/v1/projects`; sent with the token. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${this.host.token}`)
    return fetch(this.host.url + path, { redirect: 'manual', ...init, headers })
  }

  /** As line software does: no token. */
  post(path: string, body: BodyInit | null, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.host.url + path, { method: 'POST', body, headers })
  }

  /** The sample project's inference, as it was installed. */
  async detector(): Promise<Inference> {
    const { sampleProject } = await this.client.call(routes.settings, {})
    const { items } = await this.client.call(routes.listInferences, { query: { project: sampleProject ?? undefined } })
    const [inference] = items
    if (!inference) throw new Error('the store has no sample project')
    return inference
  }

  /** Another inference on the detector's model, running once this resolves. */
  async running(name: string, setup: Partial<NewSetupInput> = {}): Promise<Inference> {
    const { project, model } = await this.detector()
    const given = { project: project.id, type: 'api' as const, name, model: model.id, ...setup }
    const { slug } = await this.client.call(routes.createInference, { body: given })
    await this.client.call(routes.startInference, { params: { slug } })
    return this.untilStatus(slug, 'healthy')
  }

  untilStatus(slug: string, status: Inference['status']): Promise<Inference> {
    return until(`${slug} is ${status}`, async () => {
      const inference = await this.client.call(routes.getInference, { params: { slug } })
      return inference.status === status ? inference : undefined
    })
  }

  /** Stops the host and leaves its data folder. */
  stop(): Promise<void> {
    return this.host.stop()
  }

  async remove(): Promise<void> {
    await this.host.stop()
    await rm(this.dataFolder, { recursive: true, force: true })
  }
}

/** The problem that a response carries, checked against the contract, with the response's own status. */
export async function problemOf(response: Response): Promise<Problem> {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) {
    throw new Error(`${response.url} answered ${response.status} and no problem: ${await response.text()}`)
  }
  const given = problem.parse(await response.json())
  if (given.status !== response.status)
    throw new Error(`the problem says ${given.status}, the answer ${response.status}`)
  return given
}

/** The sample pictures' paths, in the order of their names. */
export async function samplePictures(): Promise<string[]> {
  const names = await readdir(detectorPictures)
  return names
    .filter((name) => /\.(png|jpg)$/.test(name))
    .sort()
    .map((name) => join(detectorPictures, name))
}
