import { open, rename, rm, type FileHandle } from 'node:fs/promises'

export interface Rotation {
  /** A file that has reached this size becomes `<file>.1`, that one `<file>.2`, … */
  mostBytes: number
  /** Files in all; the oldest goes. */
  files: number
}

const mostWaitingBytes = 4 * 1024 * 1024

/** Appends lines to a file of bounded size, off the caller's way. A line that cannot be written is dropped. */
export class RotatingFile {
  readonly #path: string
  readonly #rotation: Rotation
  #handle: FileHandle
  #bytes: number
  #waiting: string[] = []
  #waitingBytes = 0
  #work: Promise<void> = Promise.resolve()

  private constructor(path: string, rotation: Rotation, handle: FileHandle, bytes: number) {
    this.#path = path
    this.#rotation = rotation
    this.#handle = handle
    this.#bytes = bytes
  }

  /** Its folder must exist. */
  static async open(path: string, rotation: Rotation): Promise<RotatingFile> {
    const handle = await open(path, 'a')
    return new RotatingFile(path, rotation, handle, (await handle.stat()).size)
  }

  /** @param line With its line break. */
  write(line: string): void {
    if (this.#waitingBytes > mostWaitingBytes) return
    this.#waitingBytes += Buffer.byteLength(line)
    if (this.#waiting.push(line) === 1) this.#work = this.#work.then(() => this.#flush()).catch(() => undefined)
  }

  /** Writes what waits, then ends. */
  async close(): Promise<void> {
    await this.#work
    await this.#handle.close()
  }

  async #flush(): Promise<void> {
    const text = this.#waiting.join('')
    const bytes = this.#waitingBytes
    this.#waiting = []
    this.#waitingBytes = 0
    if (this.#bytes > 0 && this.#bytes + bytes > this.#rotation.mostBytes) await this.#rotate()
    await this.#handle.appendFile(text)
    this.#bytes += bytes
  }

  async #rotate(): Promise<void> {
    await this.#handle.close()
    const name = (number: number) => (number === 0 ? this.#path : `${this.#path}.${number}`)
    const oldest = this.#rotation.files - 1
    await rm(name(oldest), { force: true })
    for (let number = oldest - 1; number >= 0; number--)
      await rename(name(number), name(number + 1)).catch(() => undefined)
    this.#handle = await open(this.#path, 'a')
    this.#bytes = 0
  }
}
