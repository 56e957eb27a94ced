import { inflateRawSync } from 'node:zlib'

const endOfDirectory = 0x06054b50
const inDirectory = 0x02014b50

/** The files of an archive by name, read by its directory as the format's text (APPNOTE 6.3) has it; small ones only. */
export function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || archive.readUInt32LE(end) !== endOfDirectory) throw new Error('no end of an archive')
  const files = new Map<string, Buffer>()
  let at = archive.readUInt32LE(end + 16)
  for (let entry = 0; entry < archive.readUInt16LE(end + 10); entry++) {
    if (archive.readUInt32LE(at) !== inDirectory) throw new Error(`no entry of the directory at ${at}`)
    const lengths = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset))
    const [nameLength = 0] = lengths
    files.set(archive.toString('utf8', at + 46, at + 46 + nameLength), contentOf(archive, at))
    at += 46 + lengths.reduce((sum, length) => sum + length, 0)
  }
  return files
}

function contentOf(archive: Buffer, entry: number): Buffer {
  const method = archive.readUInt16LE(entry + 10)
  const size = archive.readUInt32LE(entry + 20)
  const local = archive.readUInt32LE(entry + 42)
  const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
  const packed = archive.subarray(begin, begin + size)
  return method === 0 ? packed : inflateRawSync(packed)
}
