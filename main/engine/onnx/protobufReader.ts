import type { FileHandle } from 'node:fs/promises'

/** A field of a message: its number and where its content lies. A varint's or fixed number's content is its value. */
export type Field =
  { number: number; kind: 'bytes'; start: number; end: number } | { number: number; kind: 'number'; value: bigint }

/** The content is not a protobuf message. */
export class ProtobufError extends Error {}

const chunkBytes = 64 * 1024

/**
 * Walks the fields of protobuf messages in a file. Contents are skipped by position, so that a file of gigabytes is
 * read in a few kilobytes. Encoding: protobuf.dev/programming-guides/encoding.
 */
export class ProtobufReader {
  readonly #file: FileHandle
  #chunk = Buffer.alloc(0)
  #chunkStart = 0

  constructor(file: FileHandle) {
    this.#file = file
  }

  /** @throws ProtobufError */
  async *fields(start: number, end: number): AsyncGenerator<Field> {
    let at = start
    while (at < end) {
      const key = await this.#varint(at, end)
      // Readers that cut a key to its 32 bits would see another field than this one does.
      if (key.value > 0xffffffffn) throw new ProtobufError(`field key ${key.value} at byte ${at}`)
      const number = Number(key.value >> 3n)
      const wire = Number(key.value & 7n)
      if (number === 0) throw new ProtobufError(`field 0 at byte ${at}`)
      if (wire === 0) {
        const { value, next } = await this.#varint(key.next, end)
        yield { number, kind: 'number', value }
        at = next
      } else {
        const content = await this.#content(wire, key.next, end)
        yield { number, kind: 'bytes', ...content }
        at = content.end
      }
    }
  }

  /** @throws ProtobufError where it is longer than `most` bytes */
  async text({ start, end }: { start: number; end: number }, most = 1024 * 1024): Promise<string> {
    if (end - start > most) throw new ProtobufError(`a text of ${end - start} bytes`)
    const bytes = Buffer.alloc(end - start)
    await this.#file.read(bytes, 0, bytes.length, start)
    return bytes.toString('utf8')
  }

  async #content(wire: number, at: number, end: number): Promise<{ start: number; end: number }> {
    if (wire === 1 || wire === 5) return this.#inside(at, at + (wire === 1 ? 8 : 4), end)
    if (wire !== 2) throw new ProtobufError(`wire type ${wire} at byte ${at}`)
    const { value, next } = await this.#varint(at, end)
    return this.#inside(next, next + Number(value), end)
  }

  #inside(start: number, end: number, limit: number): { start: number; end: number } {
    if (end > limit) throw new ProtobufError(`a field of ${end - start} bytes at byte ${start} is truncated`)
    return { start, end }
  }

  async #varint(at: number, end: number): Promise<{ value: bigint; next: number }> {
    let value = 0n
    for (let length = 0; length < 10; length++) {
      if (at + length >= end) throw new ProtobufError(`truncated at byte ${at}`)
      const byte = await this.#byte(at + length)
      value |= BigInt(byte & 127) << BigInt(7 * length)
      if (byte < 128) return { value: BigInt.asUintN(64, value), next: at + length + 1 }
    }
    throw new ProtobufError(`a number at byte ${at} is too long`)
  }

  async #byte(at: number): Promise<number> {
    if (at < this.#chunkStart || at >= this.#chunkStart + this.#chunk.length) {
      const chunk = Buffer.alloc(chunkBytes)
      const { bytesRead } = await this.#file.read(chunk, 0, chunkBytes, at)
      this.#chunk = chunk.subarray(0, bytesRead)
      this.#chunkStart = at
    }
    const byte = this.#chunk[at - this.#chunkStart]
    if (byte === undefined) throw new ProtobufError(`the file ends at byte ${at}`)
    return byte
  }
}
