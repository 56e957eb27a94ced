import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { systemCode } from '../../base/durableFile.ts'

const kept = z.record(z.string(), z.string())

/** Which files of the watched folder nobody wants to be asked about again; it outlives the host. */
export class Dismissals {
  readonly #path: string
  /** By the file's name, what it was when it was dismissed. */
  readonly #keys: Map<string, string>
  #writing: Promise<void> = Promise.resolve()

  private constructor(path: string, keys: Map<string, string>) {
    this.#path = path
    this.#keys = keys
  }

  /** A file that is missing or not ours means that nothing was dismissed. */
  static async open(path: string): Promise<Dismissals> {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return '{}'
      throw error
    })
    return new Dismissals(path, new Map(Object.entries(keysOf(text))))
  }

  /** A file that was written anew since is no more dismissed. */
  has(name: string, key: string): boolean {
    return this.#keys.get(name) === key
  }

  add(name: string, key: string): Promise<void> {
    this.#keys.set(name, key)
    return this.#write()
  }

  remove(name: string): Promise<void> {
    this.#keys.delete(name)
    return this.#write()
  }

  /** Forgets those of files that are not there any more. */
  async keepOnly(present: readonly string[]): Promise<void> {
    const gone = [...this.#keys.keys()].filter((name) => !present.includes(name))
    for (const name of gone) this.#keys.delete(name)
    if (gone.length > 0) await this.#write()
  }

  #write(): Promise<void> {
    const write = async () => {
      await writeFile(`${this.#path}.new`, JSON.stringify(Object.fromEntries(this.#keys)))
      await rename(`${this.#path}.new`, this.#path)
    }
    return (this.#writing = this.#writing.then(write, write))
  }
}

function keysOf(text: string): Record<string, string> {
  try {
    return kept.parse(JSON.parse(text))
  } catch {
    return {}
  }
}
