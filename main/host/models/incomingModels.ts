import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ulid } from 'ulid'
import type { IncomingModel, IncomingModels as Listed, Inspection } from '../../contract/index.ts'
import { makeFolder } from '../../base/durableFile.ts'
import type { Logger } from '../../base/logger.ts'
import type { Release } from '../../base/disposables.ts'
import { isoTimestamp } from '../clock.ts'
import type { EventBus } from '../eventBus.ts'
import { Refusal } from '../refusal.ts'
import { Dismissals } from './dismissals.ts'
import { inspectModel, probeLimits } from './modelProbe.ts'
import type { Models } from './models.ts'
import { namedData } from './namedData.ts'
import { fileAt, hashOf } from './receiveFiles.ts'
import { WatchedFolder, watchTimes, type Sight, type WatchTimes, type WholeFile } from './watchedFolder.ts'

export interface IncomingServices {
  dataFolder: string
  models: Pick<Models, 'inspectFiles' | 'withContent'>
  bus: EventBus
  logger: Logger
  times?: WatchTimes
}

/** A model file of the folder with its external data. */
interface Entry {
  id: string
  /** Differs once any of its files is written anew. */
  key: string
  file: WholeFile
  dataFiles: string[]
  read: IncomingModel['read']
  sha256: string | null
}

/**
 * F2: model files that are put into the watched folder `incoming-models` are inspected where they lie, and offered.
 * Nothing in the folder is moved or changed; it is deleted only when a person says so.
 */
export class IncomingModels {
  readonly #services: IncomingServices
  readonly #folder: string
  readonly #dismissals: Dismissals
  readonly #closing = new AbortController()
  #entries: Entry[] = []
  #trouble: string | null = null
  #release: Release = () => undefined

  private constructor(services: IncomingServices, folder: string, dismissals: Dismissals) {
    this.#services = services
    this.#folder = folder
    this.#dismissals = dismissals
  }

  static async watch(services: IncomingServices): Promise<IncomingModels> {
    const { dataFolder, logger, times = watchTimes } = services
    const folder = join(dataFolder, 'incoming-models')
    // Models come by other ways too: without the folder the host still starts, and its list says why it is of no use.
    await makeFolder(folder).catch((error: unknown) => logger.warn('the watched folder cannot be made', { error }))
    const dismissals = await Dismissals.open(join(dataFolder, 'incoming-dismissed.json'))
    const incoming = new IncomingModels(services, folder, dismissals)
    incoming.#release = WatchedFolder.follow(folder, times, (sight) => incoming.#take(sight))
    return incoming
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#release()
  }

  /** The newest first, without those that were dismissed. */
  async list(): Promise<Listed> {
    const offered = this.#entries.filter(({ file, key }) => !this.#dismissals.has(file.name, key))
    offered.sort((a, b) => b.file.modifiedMs - a.file.modifiedMs)
    const items = await Promise.all(offered.map((entry) => this.#describe(entry)))
    return { folder: this.#folder, trouble: this.#trouble, items }
  }

  /** Copies a file into an upload and inspects that. @throws Refusal NOT_FOUND, and as an upload's inspection */
  async inspect(id: string): Promise<Inspection> {
    const { file, dataFiles } = this.#entry(id)
    return this.#services.models.inspectFiles(fileAt(join(this.#folder, file.name), file.name, dataFiles))
  }

  /** Offers a file no more. @throws Refusal NOT_FOUND, CONFLICT (it cannot be deleted) */
  async dismiss(id: string, deleteFile: boolean): Promise<void> {
    const entry = this.#entry(id)
    if (deleteFile) {
      for (const name of [entry.file.name, ...entry.dataFiles]) await this.#delete(name)
      this.#entries = this.#entries.filter((other) => other !== entry)
    } else await this.#dismissals.add(entry.file.name, entry.key)
    this.#changed()
  }

  /** Offers a dismissed file again. @throws Refusal NOT_FOUND */
  async restore(id: string): Promise<void> {
    const entry = this.#entry(id)
    await this.#dismissals.remove(entry.file.name)
    this.#changed()
    if (entry.read.state === 'waiting') await this.#read(entry)
  }

  async #describe({ id, file, dataFiles, read, sha256 }: Entry): Promise<IncomingModel> {
    const models = sha256 === null ? [] : await this.#services.models.withContent(sha256)
    const modifiedAt = isoTimestamp(new Date(file.modifiedMs))
    return { id, fileName: file.name, bytes: file.bytes, dataFiles, modifiedAt, read, models }
  }

  #entry(id: string): Entry {
    const entry = this.#entries.find((one) => one.id === id)
    if (entry) return entry
    throw new Refusal('NOT_FOUND', `The watched folder has no file ${id} any more; look at its list again.`)
  }

  async #delete(name: string): Promise<void> {
    const path = join(this.#folder, name)
    await rm(path, { force: true }).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      throw new Refusal('CONFLICT', `The file ${path} cannot be deleted: ${why}`)
    })
  }

  async #take({ files, names, trouble }: Sight): Promise<void> {
    this.#trouble = trouble
    const known = new Map(this.#entries.map((entry) => [entry.key, entry]))
    const entries = await Promise.all(files.filter(isModel).map((file) => this.#entryOf(file, files)))
    this.#entries = entries.map((entry) => known.get(entry.key) ?? entry)
    if (trouble === null) await this.#dismissals.keepOnly(names)
    this.#changed()
    for (const entry of this.#entries) {
      if (this.#closing.signal.aborted) return
      if (entry.read.state === 'waiting' && !this.#dismissals.has(entry.file.name, entry.key)) await this.#read(entry)
    }
  }

  /** The model with those of the other files that it names. */
  async #entryOf(file: WholeFile, all: readonly WholeFile[]): Promise<Entry> {
    const others = all.filter((other) => !isModel(other))
    // A file that cannot be read is offered all the same: its inspection says why.
    const named = await namedData(
      join(this.#folder, file.name),
      others.map(({ name }) => name)
    ).catch((): string[] => [])
    const data = others.filter(({ name }) => named.includes(name))
    const key = [file, ...data].map(({ name, bytes, modifiedMs }) => `${name} ${bytes} ${modifiedMs}`).join('\n')
    return { id: ulid(), key, file, dataFiles: named, read: { state: 'waiting' }, sha256: null }
  }

  async #read(entry: Entry): Promise<void> {
    try {
      const path = join(this.#folder, entry.file.name)
      const { signal } = this.#closing
      const { proposal } = await inspectModel(path, entry.file.name, entry.dataFiles, probeLimits, signal)
      entry.sha256 = await this.#hash(entry)
      entry.read = { state: 'ready', task: proposal.spec.task ?? null, family: proposal.spec.family ?? null }
    } catch (error) {
      entry.read = { state: 'refused', reason: error instanceof Error ? error.message : String(error) }
    }
    this.#changed()
  }

  async #hash({ file, dataFiles }: Entry): Promise<string> {
    const data = []
    for (const name of dataFiles) data.push({ name, sha256: await this.#hashOf(name) })
    return hashOf({ sha256: await this.#hashOf(file.name) }, data)
  }

  async #hashOf(name: string): Promise<string> {
    const hash = createHash('sha256')
    await pipeline(createReadStream(join(this.#folder, name)), hash, { signal: this.#closing.signal })
    return hash.digest('hex')
  }

  #changed(): void {
    this.#services.bus.publish({ type: 'changed', what: 'models', project: null })
  }
}

const isModel = ({ name }: WholeFile) => /\.onnx$/i.test(name)
