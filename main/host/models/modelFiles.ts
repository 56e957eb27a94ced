import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { KeyedTurns } from '../../base/keyedTurns.ts'
import { makeFolder, syncFile, syncFolder } from '../../base/durableFile.ts'
import { modelFileName, type Upload } from './receiveFiles.ts'

/** Which files a model has. */
export interface FilesOfModel {
  sha256: string
  dataFiles?: readonly string[] | undefined
}

/**
 * The folder `models/`: one file for each content, named by its hash, however many models use it; where there is
 * external data a folder named so, with nothing but that model's files in it.
 */
export class ModelFiles {
  readonly #folder: string
  readonly #turns = new KeyedTurns()

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'models')
  }

  path({ sha256, dataFiles = [] }: FilesOfModel): string {
    return dataFiles.length > 0 ? join(this.#folder, sha256, modelFileName) : join(this.#folder, `${sha256}.onnx`)
  }

  /** Takes an upload in, then does `use`; while that runs nobody drops its files. */
  keep<T>(upload: Upload, use: () => Promise<T>): Promise<T> {
    return this.#turns.run(upload.sha256, async () => {
      await makeFolder(this.#folder)
      if (!(await this.#isHere(upload))) await this.#moveIn(upload)
      await rm(upload.folder, { recursive: true, force: true })
      return use()
    })
  }

  /** Removes a model's files where nothing uses them. */
  drop(sha256: string, isUsed: () => Promise<boolean>): Promise<void> {
    return this.#turns.run(sha256, async () => {
      if (await isUsed()) return
      await rm(join(this.#folder, `${sha256}.onnx`), { force: true })
      await rm(join(this.#folder, sha256), { recursive: true, force: true })
    })
  }

  /** A folder comes by one rename, so it is whole. */
  async #isHere(upload: Upload): Promise<boolean> {
    const found = await stat(this.path(upload)).catch(() => null)
    return upload.dataFiles.length > 0 ? found !== null : found?.size === upload.bytes
  }

  async #moveIn(upload: Upload): Promise<void> {
    const { folder, path, dataFiles } = upload
    for (const file of [path, ...dataFiles.map((name) => join(folder, name))]) await syncFile(file)
    if (dataFiles.length > 0) {
      await syncFolder(folder)
      await rename(folder, join(this.#folder, upload.sha256))
    } else await rename(path, this.path(upload))
    await syncFolder(this.#folder)
  }
}
