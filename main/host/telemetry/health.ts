import { statfs } from 'node:fs/promises'
import type { HealthPart, HostHealth, Inference } from '../../contract/index.ts'
import type { ThreadedDatabase } from '../database/openDatabase.ts'
import { inferenceHealth } from './inferenceHealth.ts'
import type { Logs } from './logs.ts'
import type { LoopDelay } from './loopDelay.ts'

export interface HealthSources {
  dataFolder: string
  /** Recording stops before the disk has less free. */
  leastFreeBytes: number
  database: ThreadedDatabase
  logs: Logs
  loop: LoopDelay
  inferences: () => Promise<Inference[]>
}

/** Something blocks the host's thread, or the database is not up to it. */
const slowLoopMs = 250
const slowReadMs = 1000
const manyWrites = 1000
/** A disk is near its end with less than this share, or twice what must stay free. */
const leastShare = 0.05

/** How Lineside stands, part by part. Nothing here throws: what cannot be asked is a part in trouble. */
export class Health {
  readonly #sources: HealthSources

  constructor(sources: HealthSources) {
    this.#sources = sources
  }

  async read(): Promise<HostHealth> {
    const inferences = await this.#sources.inferences()
    const parts = [this.#host(), await this.#database(), ...(await this.#storage()), this.#log()]
    const shown = inferences.map((one) => ({ slug: one.slug, name: one.name, parts: inferenceHealth(one) }))
    const all = [...parts, ...shown.flatMap((one) => one.parts)]
    return { health: all.some(({ health }) => health === 'bad') ? 'bad' : 'good', parts, inferences: shown }
  }

  #host(): HealthPart {
    const late = this.#sources.loop.p99Ms
    const says = [
      `up for ${Math.round(process.uptime() / 60)} min`,
      `${sizeInWords(process.memoryUsage.rss())} of memory`,
      `answers at most ${late.toFixed(1)} ms late (p99)`
    ]
    return { part: 'host', health: late > slowLoopMs ? 'bad' : 'good', says: says.join(', ') }
  }

  async #database(): Promise<HealthPart> {
    const { database } = this.#sources
    const began = performance.now()
    try {
      await database.read.selectFrom('settings').select('key').limit(1).execute()
    } catch (error) {
      return { part: 'database', health: 'bad', says: `cannot be read: ${String(error)}` }
    }
    const ms = performance.now() - began
    const { waitingWrites, writeTrouble } = database
    if (writeTrouble !== null) return { part: 'database', health: 'bad', says: `cannot be written: ${writeTrouble}` }
    const says = `reads in ${ms.toFixed(1)} ms, ${waitingWrites} writes wait`
    return { part: 'database', health: ms > slowReadMs || waitingWrites > manyWrites ? 'bad' : 'good', says }
  }

  /** The disk, and the label store on it. */
  async #storage(): Promise<HealthPart[]> {
    const { dataFolder, leastFreeBytes } = this.#sources
    try {
      const { bavail, blocks, bsize } = await statfs(dataFolder)
      return storageParts(bavail * bsize, blocks * bsize, leastFreeBytes)
    } catch (error) {
      const says = `${dataFolder} cannot be asked: ${String(error)}`
      return ['disk', 'label store'].map((part): HealthPart => ({ part, health: 'bad', says }))
    }
  }

  #log(): HealthPart {
    const { dropped } = this.#sources.logs
    const says = dropped === 0 ? 'every line was written' : `${dropped} lines could not be written`
    return { part: 'log', health: dropped === 0 ? 'good' : 'bad', says }
  }
}

/** The disk and the label store, by the bytes of the disk. */
export function storageParts(free: number, total: number, leastFree: number): HealthPart[] {
  const isNear = free < Math.max(total * leastShare, 2 * leastFree)
  const isFull = free <= leastFree
  const stopped = `recording has stopped, as less than ${sizeInWords(leastFree)} are free; predictions go on`
  return [
    { part: 'disk', health: isNear ? 'bad' : 'good', says: `${sizeInWords(free)} of ${sizeInWords(total)} are free` },
    { part: 'label store', health: isFull ? 'bad' : 'good', says: isFull ? stopped : 'takes samples' }
  ]
}

function sizeInWords(bytes: number): string {
  return bytes < 10e9 ? `${Math.round(bytes / 1e6)} MB` : `${Math.round(bytes / 1e9)} GB`
}
