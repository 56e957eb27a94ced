import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { makeFolder } from '../../base/durableFile.ts'
import type { DiskRoom } from '../labels/diskRoom.ts'
import { Refusal } from '../refusal.ts'
import { receiveFiles, type GivenFile, type Upload } from './receiveFiles.ts'

/** Uploads that were inspected and never taken go when so many newer ones came. */
const mostUploads = 4

/** Model files that have been inspected and belong to no model yet. */
export class Uploads {
  readonly #folder: string
  readonly #limitBytes: number
  readonly #room: DiskRoom
  readonly #uploads = new Map<string, Upload>()

  /** @param limitBytes Of one model with all its files. */
  constructor(folder: string, limitBytes: number, room: DiskRoom) {
    this.#folder = folder
    this.#limitBytes = limitBytes
    this.#room = room
  }

  /** Those that the host before was left with are gone. */
  async clear(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
    await makeFolder(this.#folder)
  }

  /** @throws Refusal INVALID_REQUEST (names), IMAGE_TOO_LARGE, STORAGE_FULL */
  receive(files: AsyncIterable<GivenFile> | Iterable<GivenFile>): Promise<Upload> {
    return receiveFiles(files, join(this.#folder, ulid()), this.#limitBytes, this.#room)
  }

  /** Keeps an upload for later, and gives its id. */
  async add(upload: Upload): Promise<string> {
    const id = ulid()
    this.#uploads.set(id, upload)
    await this.#dropOld()
    return id
  }

  /** @throws Refusal NOT_FOUND */
  get(id: string): Upload {
    const upload = this.#uploads.get(id)
    if (!upload) throw new Refusal('NOT_FOUND', `There is no upload ${id}; send the model file again.`)
    return upload
  }

  /** Uses an upload up; where that fails it is kept. @throws Refusal NOT_FOUND, or what `use` does */
  async take<T>(id: string, use: (upload: Upload) => Promise<T>): Promise<T> {
    const upload = this.get(id)
    this.#uploads.delete(id)
    try {
      return await use(upload)
    } catch (error) {
      this.#uploads.set(id, upload)
      throw error
    }
  }

  async #dropOld(): Promise<void> {
    for (const [id, { folder }] of this.#uploads) {
      if (this.#uploads.size <= mostUploads) return
      this.#uploads.delete(id)
      await rm(folder, { recursive: true, force: true })
    }
  }
}
