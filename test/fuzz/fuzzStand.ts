import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ApiClient } from '../../main/cli/apiClient.ts'
import { modelSpec, routes, task as taskSchema, type Task } from '../../main/contract/index.ts'
import { HostProcess } from '../helpers/hostProcess.ts'
import { until } from '../helpers/until.ts'

/** The classes of every project of a stand. */
export const classNames = Array.from({ length: 300 }, (_, at) => `c${at}`)

/** A host in a process of its own with a project of each task, and a running inference that records every request. */
export class FuzzStand {
  readonly host: HostProcess
  readonly client: ApiClient
  readonly projects: ReadonlyMap<Task, string>
  readonly slug: string
  readonly model: string
  readonly #folder: string

  private constructor(host: HostProcess, folder: string, made: Made) {
    this.host = host
    this.#folder = folder
    this.client = made.client
    this.projects = made.projects
    this.slug = made.slug
    this.model = made.model
  }

  /** Without the sample projects. @param environment Settings of the host, as `LINESIDE_…`. */
  static async open(environment: Record<string, string> = {}): Promise<FuzzStand> {
    const folder = await mkdtemp(join(tmpdir(), 'lineside-fuzz-'))
    const samples = join(folder, 'no-samples')
    await mkdir(samples)
    const host = await HostProcess.start(join(folder, 'data'), { LINESIDE_SAMPLE_FOLDER: samples, ...environment })
    return new FuzzStand(host, folder, await make(new ApiClient(host.url, host.token)))
  }

  /** Engines that ended and were replaced. */
  async restarts(): Promise<number> {
    const { instances } = await this.client.call(routes.getInference, { params: { slug: this.slug } })
    return instances.reduce((sum, { restarts }) => sum + restarts, 0)
  }

  /** Resolves once a picture that is well is answered. @throws where that takes too long */
  async recovered(): Promise<void> {
    const picture = new Uint8Array(await goodPicture())
    await until('a picture that is well is answered', async () => {
      const answer = await this.client.send(routes.predict, { params: { slug: this.slug } }, picture).catch(() => null)
      return answer ?? undefined
    })
  }

  /**
   * Stops the host and removes its folder.
   * @returns what is wrong: its end where it did not stop well, the database where it is not whole
   */
  async close(): Promise<string[]> {
    const end = this.host.end ?? (await this.host.stop())
    const trouble = end === 'ended with code 0' ? [] : [`the host ${end}`]
    const database = new Database(join(this.host.dataFolder, 'lineside.db'))
    const integrity = database.pragma('integrity_check', { simple: true })
    const broken = database.pragma('foreign_key_check')
    database.close()
    await rm(this.#folder, { recursive: true, force: true })
    if (integrity !== 'ok') trouble.push(`the database is not whole: ${String(integrity)}`)
    if (!Array.isArray(broken) || broken.length > 0) trouble.push('the database has rows that refer to nothing')
    return trouble
  }
}

/** One picture that is well. */
export function goodPicture(): Promise<Buffer> {
  return readFile(new URL('../fixtures/parity/pictures/tiny-64x48.png', import.meta.url))
}

interface Made {
  client: ApiClient
  projects: Map<Task, string>
  slug: string
  model: string
}

async function make(client: ApiClient): Promise<Made> {
  const projects = new Map<Task, string>()
  for (const task of taskSchema.options) {
    const { id } = await client.call(routes.createProject, { body: { name: task, task, classes: classNames } })
    projects.set(task, id)
  }
  const project = projects.get('detection') ?? ''
  const { id } = await client.send(routes.createModel, { params: { id: project } }, await detector())
  const setup = { project, type: 'api' as const, name: 'pictures', model: id, sampling: { random: { probability: 1 } } }
  const { slug } = await client.call(routes.createInference, { body: setup })
  await client.call(routes.startInference, { params: { slug } })
  await until('the inference is healthy', async () => {
    const { status } = await client.call(routes.getInference, { params: { slug } })
    return status === 'healthy' ? true : undefined
  })
  return { client, projects, slug, model: id }
}

/** A tiny one, so that pictures, not the network, take the time. */
async function detector(): Promise<FormData> {
  const file = await readFile(new URL('../fixtures/models/columns.onnx', import.meta.url))
  const input = { width: 8, height: 8, resize: 'stretch' as const }
  const spec = modelSpec.parse({
    name: 'tiny',
    task: 'detection',
    family: 'yolo-detect',
    classes: classNames.slice(0, 3),
    input
  })
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(file)]), 'tiny.onnx')
  form.append('spec', JSON.stringify(spec))
  return form
}
