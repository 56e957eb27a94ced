import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { systemCode } from '../../base/durableFile.ts'
import type { DiskRoom } from '../labels/diskRoom.ts'
import { Refusal } from '../refusal.ts'

/** A model file as it arrived. */
export interface Received {
  path: string
  sha256: string
  bytes: number
}

/**
 * Streams a file to `path`, hashing it on the way.
 * @param before Bytes that came before and count towards the limit.
 * @throws Refusal IMAGE_TOO_LARGE over the limit, STORAGE_FULL; nothing is left behind then
 */
export async function receiveUpload(
  source: Readable,
  path: string,
  limitBytes: number,
  room: DiskRoom,
  before = 0
): Promise<Received> {
  const hash = createHash('sha256')
  let bytes = 0
  const measured = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength
      if (before + bytes > limitBytes) throw tooLarge(limitBytes)
      await room.take(chunk.byteLength)
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    await pipeline(source, measured, createWriteStream(path, { flags: 'wx' }))
    if (wasCut(source)) throw tooLarge(limitBytes)
    return { path, sha256: hash.digest('hex'), bytes }
  } catch (error) {
    await rm(path, { force: true })
    throw systemCode(error) === 'ENOSPC' ? new Refusal('STORAGE_FULL', 'The disk is full; make room first.') : error
  }
}

/** A form's parser that has a limit of its own cuts a larger file and says so. */
function wasCut(source: Readable): boolean {
  return 'truncated' in source && source.truncated === true
}

function tooLarge(limitBytes: number): Refusal {
  const megabytes = Math.floor(limitBytes / (1024 * 1024))
  return new Refusal(
    'IMAGE_TOO_LARGE',
    `The model file is larger than ${megabytes} MiB; raise modelLimitBytes to take it.`
  )
}
