import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { dataFileName } from '../../contract/index.ts'
import { makeFolder } from '../../base/durableFile.ts'
import type { DiskRoom } from '../labels/diskRoom.ts'
import { invalidFields } from '../refusal.ts'
import { receiveUpload, type Received } from './receiveUpload.ts'

/** One of the files of an upload. */
export interface GivenFile {
  file: Readable
  fileName: string
  /** External data of the model, not the model itself. */
  isData: boolean
}

/** A model as it arrived: a folder of its own with `model.onnx` and its external data beside it. */
export interface Upload extends Received {
  folder: string
  fileName: string
  /** Names of the external data files. */
  dataFiles: string[]
}

/** How a model with external data is named in its folder. */
export const modelFileName = 'model.onnx'

type Data = Received & { name: string }

/**
 * Streams a model and its external data into a folder, which must not exist yet. Its hash is that of all its files.
 * @param limitBytes Of all files together.
 * @throws Refusal INVALID_REQUEST (a name), IMAGE_TOO_LARGE, STORAGE_FULL; nothing is left behind then
 */
export async function receiveFiles(
  files: AsyncIterable<GivenFile> | Iterable<GivenFile>,
  folder: string,
  limitBytes: number,
  room: DiskRoom
): Promise<Upload> {
  await makeFolder(folder)
  try {
    let [model, fileName]: [Received | undefined, string] = [undefined, '']
    const data: Data[] = []
    let total = 0
    for await (const given of files) {
      const name = given.isData ? freeDataName(given.fileName, data) : modelFileName
      if (!given.isData && model) throw invalidFields([{ path: 'file', message: 'is there twice' }])
      const received = await receiveUpload(given.file, join(folder, name), limitBytes, room, total)
      total += received.bytes
      if (given.isData) data.push({ ...received, name })
      else [model, fileName] = [received, given.fileName]
    }
    if (!model) throw invalidFields([{ path: 'file', message: 'is missing from the form' }])
    const dataFiles = data.map(({ name }) => name)
    return { ...model, sha256: hashOf(model, data), bytes: total, folder, fileName, dataFiles }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** @throws Refusal INVALID_REQUEST */
function freeDataName(given: string, data: readonly Data[]): string {
  const parsed = dataFileName.safeParse(given)
  const name = given.toLowerCase()
  const isTaken = name === modelFileName || data.some((other) => other.name.toLowerCase() === name)
  if (parsed.success && !isTaken && isFileName(given)) return parsed.data
  const why = isTaken ? 'is taken' : 'must be a file’s name alone, of at most 255 bytes, without a folder or drive'
  throw invalidFields([{ path: 'data', message: `the name ${JSON.stringify(given)} ${why}` }])
}

/** File systems take 255 bytes; Windows strips dots and blanks from the end, and so makes it another name. */
function isFileName(name: string): boolean {
  return Buffer.byteLength(name) <= 255 && !/[. ]$/.test(name)
}

/** The hash of a model with its external data; the file's own where it stands alone. */
export function hashOf(model: Pick<Received, 'sha256'>, data: readonly Pick<Data, 'name' | 'sha256'>[]): string {
  if (data.length === 0) return model.sha256
  const lines = data.map(({ name, sha256 }) => `${sha256} ${name}\n`).sort()
  return createHash('sha256')
    .update([`${model.sha256}\n`, ...lines].join(''))
    .digest('hex')
}

/** A file of this workstation, and its external data beside it, opened only when it is read, so that what fails then has somebody who listens. */
export function* fileAt(path: string, fileName: string, dataFiles: readonly string[] = []): Generator<GivenFile> {
  yield { file: createReadStream(path), fileName, isData: false }
  for (const name of dataFiles)
    yield { file: createReadStream(join(dirname(path), name)), fileName: name, isData: true }
}
