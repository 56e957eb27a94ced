import { appendFile, rename, rm, stat } from 'node:fs/promises'
import { systemCode } from '../../base/durableFile.ts'

export interface Rotation {
  /** A file that would grow beyond this size becomes `<file>.1`, that one `<file>.2`, … */
  mostBytes: number
  /** Files in all; the oldest goes. */
  files: number
}

const mostWaitingBytes = 4 * 1024 * 1024

/**
 * Appends lines to a file of bounded size, off the caller's way; its folder must exist. The file is open only while it
 * is written to, so that nothing needs to be closed. A line that cannot be written is dropped and counted.
 */
export class RotatingFile {
  readonly #path: string
  readonly #rotation: Rotation
  #waiting: string[] = []
  #waitingBytes = 0
  #work: Promise<void> = Promise.resolve()
  #dropped = 0

  constructor(path: string, rotation: Rotation) {
    this.#path = path
    this.#rotation = rotation
  }

  /** Lines that could not be written. */
  get dropped(): number {
    return this.#dropped
  }

  /** @param line With its line break. */
  write(line: string): void {
    if (this.#waitingBytes > mostWaitingBytes) return void this.#dropped++
    this.#waitingBytes += Buffer.byteLength(line)
    if (this.#waiting.push(line) === 1) this.#work = this.#work.then(() => this.#flush())
  }

  /** Resolves once what was given so far is in the file. */
  flushed(): Promise<void> {
    return this.#work
  }

  async #flush(): Promise<void> {
    const lines = this.#waiting
    const bytes = this.#waitingBytes
    this.#waiting = []
    this.#waitingBytes = 0
    try {
      if (await this.#isFullWith(bytes)) await this.#rotate()
      await appendFile(this.#path, lines.join(''))
    } catch {
      this.#dropped += lines.length
    }
  }

  async #isFullWith(bytes: number): Promise<boolean> {
    const size = await sizeOf(this.#path)
    return size > 0 && size + bytes > this.#rotation.mostBytes
  }

  async #rotate(): Promise<void> {
    const paths = partPaths(this.#path, this.#rotation.files)
    await rm(paths[0] ?? this.#path, { force: true })
    for (const [index, path] of paths.slice(1).entries()) await moveIfThere(path, paths[index] ?? path)
  }
}

/** The files of a rotated file that may be there, the oldest first. */
export function partPaths(path: string, files: number): string[] {
  return Array.from({ length: files }, (_, age) => (age === 0 ? path : `${path}.${age}`)).reverse()
}

/** 0 where there is no such file. */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0
    throw error
  }
}

async function moveIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
  }
}
