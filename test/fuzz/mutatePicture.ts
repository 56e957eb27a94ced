import { crc32 } from 'node:zlib'
import { sniffPicture } from '../../main/base/picture/sniff.ts'
import { byteMutations, splice, type Mutation } from './mutateBytes.ts'
import type { Random } from './random.ts'

/** Changes of a picture's file that know where its format keeps sizes and parts. */

const sides = [0, 1, 2, 9, 255, 10_000, 16_384, 30_000, 65_535, 0x7fffffff, 0xffffffff]

type Part = { start: number; end: number }

/** A header's claim of another size. */
const sized: Record<string, Mutation> = {
  png: (file, random) => renewed(write(file, random, [16, 20], 'writeUInt32BE')),
  bmp: (file, random) => write(file, random, [10, 14, 18, 22, 28, 46], 'writeUInt32LE'),
  gif: (file, random) => write(file, random, [6, 8], 'writeUInt16LE'),
  webp: (file, random) => write(file, random, [4, 16, 24, 26, 28], 'writeUInt32LE'),
  jpeg(file, random) {
    const frame = parts(file).find(({ start }) => [0xc0, 0xc1, 0xc2].includes(file[start + 1] ?? 0))
    return frame ? write(file, random, [frame.start + 5, frame.start + 7], 'writeUInt16BE') : file
  },
  tiff(file, random) {
    const entries = parts(file)
    const entry = entries.length > 0 ? random.pick(entries) : undefined
    return entry
      ? write(file, random, [entry.start, entry.start + 2, entry.start + 4, entry.start + 8], 'writeUInt32LE')
      : file
  }
}

export const pictureMutations: Record<string, Mutation> = {
  claimSize: (file, random) => sized[sniffPicture(file) ?? '']?.(file, random) ?? file,
  repeatPart(file, random) {
    const all = parts(file)
    if (all.length === 0) return file
    const { start, end } = random.pick(all)
    const times = 1 + random.below(50)
    return Buffer.concat([
      file.subarray(0, end),
      ...Array.from({ length: times }, () => file.subarray(start, end)),
      file.subarray(end)
    ])
  },
  dropPart(file, random) {
    const all = parts(file)
    if (all.length === 0) return file
    const { start, end } = random.pick(all)
    return Buffer.concat([file.subarray(0, start), file.subarray(end)])
  },
  flipPart(file, random) {
    const all = parts(file)
    if (all.length === 0) return file
    const { start, end } = random.pick(all)
    const changed = byteMutations['flip']?.(Buffer.from(file.subarray(start, end)), random) ?? Buffer.alloc(0)
    file.set(changed, start)
    return sniffPicture(file) === 'png' ? renewed(file) : file
  },
  exif(file, random) {
    if (sniffPicture(file) !== 'jpeg') return file
    const orientation = random.pick([0, 1, 5, 6, 8, 9, 255, 65_535])
    const tiff = Buffer.from('49492a0008000000010012010300010000000000000000000000', 'hex')
    tiff.writeUInt16LE(orientation, 18)
    const body = Buffer.concat([
      Buffer.from('Exif\0\0', 'latin1'),
      random.oneIn(2) ? tiff : random.bytes(random.below(200))
    ])
    const head = Buffer.from([0xff, 0xe1, 0, 0])
    head.writeUInt16BE(random.oneIn(4) ? random.below(65_536) : body.length + 2, 2)
    return Buffer.concat([file.subarray(0, 2), head, body, file.subarray(2)])
  },
  otherMagic(file, random) {
    const magics = [
      '\xff\xd8\xff',
      '\x89PNG\r\n\x1a\n',
      'RIFF\0\0\0\0WEBP',
      'BM',
      'II*\0',
      'MM\0*',
      'GIF89a',
      '<svg ',
      '%PDF-1.7'
    ]
    const magic = Buffer.from(random.pick(magics), 'latin1')
    return Buffer.concat([magic, file.subarray(Math.min(file.length, magic.length))])
  }
}

/** A mutated picture: one to four changes. */
export function mutatePicture(file: Buffer, other: Buffer, random: Random): { file: Buffer; how: string } {
  const steps = 1 + (random.oneIn(2) ? 0 : random.below(4))
  const names: string[] = []
  let mutated: Buffer = Buffer.from(file)
  for (let step = 0; step < steps; step++) {
    const [name, next] = mutatedOnce(mutated, other, random)
    names.push(name)
    mutated = Buffer.from(next)
  }
  return { file: mutated, how: names.join('+') }
}

function mutatedOnce(file: Buffer, other: Buffer, random: Random): [string, Buffer] {
  if (random.oneIn(12)) return ['splice', splice(file, other, random)]
  const [name, mutate] = random.pick(Object.entries(random.oneIn(2) ? pictureMutations : byteMutations))
  return [name, mutate(file, random)]
}

function write(
  file: Buffer,
  random: Random,
  places: number[],
  how: 'writeUInt16LE' | 'writeUInt16BE' | 'writeUInt32LE' | 'writeUInt32BE'
): Buffer {
  const at = random.pick(places)
  const bytes = how.startsWith('writeUInt16') ? 2 : 4
  if (at + bytes > file.length) return file
  file[how](bytes === 2 ? random.pick(sides) & 0xffff : random.pick(sides), at)
  return file
}

/** PNG's chunks, JPEG's segments, TIFF's entries (little endian), RIFF's chunks; none in other formats. */
function parts(file: Buffer): Part[] {
  const format = sniffPicture(file)
  if (format === 'png') return chunks(file, 8, (at) => 12 + file.readUInt32BE(at))
  if (format === 'webp') return chunks(file, 12, (at) => 8 + ((file.readUInt32LE(at + 4) + 1) & ~1))
  if (format === 'jpeg') return chunks(file, 2, (at) => (file[at] === 0xff ? 2 + file.readUInt16BE(at + 2) : Infinity))
  return format === 'tiff' ? entries(file) : []
}

function chunks(file: Buffer, from: number, length: (at: number) => number): Part[] {
  const found: Part[] = []
  for (let at = from; at + 12 <= file.length;) {
    const end = at + length(at)
    if (!(end <= file.length) || end <= at) break
    found.push({ start: at, end })
    at = end
  }
  return found
}

function entries(file: Buffer): Part[] {
  if (file.length < 8 || file[0] !== 0x49) return []
  const directory = file.readUInt32LE(4)
  if (directory + 2 > file.length) return []
  const count = Math.min(file.readUInt16LE(directory), 64)
  const all = Array.from({ length: count }, (_, at) => ({
    start: directory + 2 + 12 * at,
    end: directory + 14 + 12 * at
  }))
  return all.filter(({ end }) => end <= file.length)
}

/** With right check sums, so that a PNG's decoder looks at what the chunks say. */
function renewed(file: Buffer): Buffer {
  for (const { start, end } of parts(file)) file.writeUInt32BE(crc32(file.subarray(start + 4, end - 4)), end - 4)
  return file
}
