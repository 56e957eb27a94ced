import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { KeyedTurns } from '../../base/keyedTurns.ts'
import { makeFolder, syncFile, syncFolder } from '../../base/durableFile.ts'
import type { Received } from './receiveUpload.ts'

/** The folder `models/`: one file for each content, named by its hash, however many models use it. */
export class ModelFiles {
  readonly #folder: string
  readonly #turns = new KeyedTurns()

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'models')
  }

  path(sha256: string): string {
    return join(this.#folder, `${sha256}.onnx`)
  }

  /** Takes a received file in, then does `use`; while that runs nobody drops the file. */
  keep<T>({ path, sha256, bytes }: Received, use: () => Promise<T>): Promise<T> {
    return this.#turns.run(sha256, async () => {
      await makeFolder(this.#folder)
      if (await hasSize(this.path(sha256), bytes)) await rm(path, { force: true })
      else await this.#moveIn(path, this.path(sha256))
      return use()
    })
  }

  /** Removes the file where nothing uses it. */
  drop(sha256: string, isUsed: () => Promise<boolean>): Promise<void> {
    return this.#turns.run(sha256, async () => {
      if (!(await isUsed())) await rm(this.path(sha256), { force: true })
    })
  }

  async #moveIn(from: string, to: string): Promise<void> {
    await syncFile(from)
    await rename(from, to)
    await syncFolder(this.#folder)
  }
}

async function hasSize(path: string, bytes: number): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found?.size === bytes
}
