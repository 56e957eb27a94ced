import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { monotonicFactory } from 'ulid'
import { makeFolder, systemCode, writeNewFile } from '../../base/durableFile.ts'
import { isoTimestamp } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { isDiskFull } from '../database/databaseError.ts'
import type { EventBus } from '../eventBus.ts'
import { Refusal } from '../refusal.ts'
import type { DiskRoom } from './diskRoom.ts'
import { importFolder } from './importRows.ts'
import type { Recording } from './recording.ts'
import { addSample, toSampleRow, toSampleSummary } from './sampleRows.ts'

const extensions: Record<string, string> = { jpeg: 'jpg', tiff: 'tif' }
const mostKnownFolders = 100

/**
 * Writes samples. The picture goes under its final name, never used again, and is synced with its folder; then its
 * row is committed: the row is the truth, and nothing acknowledged is lost.
 */
export class Recorder {
  readonly #database: Database
  readonly #bus: EventBus
  readonly #dataFolder: string
  readonly #room: DiskRoom
  readonly #nextId = monotonicFactory()
  readonly #folders = new Map<string, Promise<void>>()
  readonly #underWay = new Set<Promise<unknown>>()

  constructor(database: Database, bus: EventBus, dataFolder: string, room: DiskRoom) {
    this.#database = database
    this.#bus = bus
    this.#dataFolder = dataFolder
    this.#room = room
  }

  /**
   * Resolves to the sample's id once it is durable.
   * @throws Refusal STORAGE_FULL; anything else means that recording failed.
   */
  async record(recording: Recording): Promise<string> {
    const work = this.#record(recording)
    this.#underWay.add(work)
    try {
      return await work
    } catch (error) {
      throw isFull(error) ? new Refusal('STORAGE_FULL', 'The disk is full: the sample could not be written.') : error
    } finally {
      this.#underWay.delete(work)
    }
  }

  /** Resolves once everything that was begun has ended, well or not. */
  async drain(): Promise<void> {
    await Promise.allSettled(this.#underWay)
  }

  async #record(recording: Recording): Promise<string> {
    await this.#room.take(recording.image.byteLength)
    const id = this.#nextId()
    const day = isoTimestamp(recording.at).slice(0, 10)
    const name = `${id}.${extensions[recording.format] ?? recording.format}`
    const folder = join(importFolder(this.#dataFolder, recording.run.folder), day)
    const row = toSampleRow(id, `${day}/${name}`, recording)
    try {
      await this.#writePicture(folder, name, recording.image)
      await this.#database.write(addSample(this.#database, row))
    } catch (error) {
      if (neverWritten(error)) await rm(join(folder, name), { force: true })
      throw error
    }
    this.#bus.publish({ type: 'sample', sample: toSampleSummary(row) })
    return id
  }

  /** A folder that was taken away since it was made is made once more. */
  async #writePicture(folder: string, name: string, image: Uint8Array): Promise<void> {
    try {
      await this.#folder(folder)
      await writeNewFile(join(folder, name), image)
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error
      this.#folders.delete(folder)
      await this.#folder(folder)
      await writeNewFile(join(folder, name), image)
    }
  }

  #folder(path: string): Promise<void> {
    const known = this.#folders.get(path)
    if (known) return known
    if (this.#folders.size >= mostKnownFolders) this.#folders.clear()
    const made = makeFolder(path)
    this.#folders.set(path, made)
    made.catch(() => this.#folders.delete(path))
    return made
  }
}

/** Whether the row is surely not there. Where the database ended meanwhile nobody knows; the next start does. */
function neverWritten(error: unknown): boolean {
  const code = systemCode(error)
  return code !== null && code !== 'EEXIST'
}

function isFull(error: unknown): boolean {
  return isDiskFull(error) || systemCode(error) === 'ENOSPC' || systemCode(error) === 'EDQUOT'
}
