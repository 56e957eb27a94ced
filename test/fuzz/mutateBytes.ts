import type { Random } from './random.ts'

/** A change of a file that knows nothing of its format. */
export type Mutation = (file: Buffer, random: Random) => Buffer

const extremes = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]

export const byteMutations: Record<string, Mutation> = {
  flip(file, random) {
    const flips = 1 + random.below(8)
    for (let flip = 0; flip < flips && file.length > 0; flip++) {
      const at = random.below(file.length)
      file[at] = (file[at] ?? 0) ^ (1 << random.below(8))
    }
    return file
  },
  truncate: (file, random) => file.subarray(0, random.below(file.length + 1)),
  overwrite(file, random) {
    const at = random.below(file.length + 1)
    return spliced(file, at, 16, random.bytes(Math.min(16, file.length - at)))
  },
  insert: (file, random) => spliced(file, random.below(file.length + 1), 0, random.bytes(1 + random.below(64))),
  remove: (file, random) => spliced(file, random.below(file.length + 1), 1 + random.below(64), Buffer.alloc(0)),
  repeat(file, random) {
    const from = random.below(file.length + 1)
    const part = file.subarray(from, from + 1 + random.below(256))
    return spliced(file, from, 0, Buffer.concat(Array.from({ length: 1 + random.below(8) }, () => part)))
  },
  lieAboutNumber(file, random) {
    if (file.length < 4) return file
    const at = random.below(file.length - 3)
    const value = random.pick(extremes)
    if (random.oneIn(2)) file.writeUInt32BE(value, at)
    else file.writeUInt32LE(value, at)
    return file
  },
  append: (file, random) => Buffer.concat([file, random.bytes(random.below(4096))])
}

/** Bytes of `other` in the place of a part of `file`. */
export function splice(file: Buffer, other: Buffer, random: Random): Buffer {
  const from = random.below(other.length + 1)
  const part = other.subarray(from, from + random.below(other.length - from + 1))
  return spliced(file, random.below(file.length + 1), random.below(file.length + 1), part)
}

function spliced(file: Buffer, at: number, removed: number, added: Uint8Array): Buffer {
  return Buffer.concat([file.subarray(0, at), added, file.subarray(at + removed)])
}
