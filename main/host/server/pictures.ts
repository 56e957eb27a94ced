import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { forBrowsers, renderPicture } from '../labels/renderPicture.ts'
import { Refusal } from '../refusal.ts'

/** A picture's file, or its bytes. */
type Source = string | Uint8Array

/**
 * Answers a picture as it is. It came from outside: a browser may show it as what it is and do nothing else with it.
 * @param format `jpeg`, `png`, … as told by the first bytes.
 * @throws Refusal NOT_FOUND where its file is gone.
 */
export async function sendPicture(reply: FastifyReply, source: Source, format: string): Promise<Readable | Uint8Array> {
  const content = typeof source === 'string' ? await openFile(source) : source
  label(reply, format)
  return content
}

/** The same in a format that every browser shows: a TIFF becomes a JPEG, the others are sent as they are. */
export async function sendForDisplay(reply: FastifyReply, source: Uint8Array, format: string, pixelLimit: number) {
  if (format !== 'tiff') return sendPicture(reply, source, format)
  const shown = await renderPicture({ source, format }, pixelLimit, (picture) => forBrowsers(picture).toBuffer())
  label(reply, 'jpeg')
  return shown
}

async function openFile(path: string): Promise<Readable> {
  try {
    const file = await open(path)
    return file.createReadStream()
  } catch {
    throw new Refusal('NOT_FOUND', `The picture’s file ${path} is missing or cannot be read.`)
  }
}

/** An id names one picture for ever, so it may be cached for ever. */
function label(reply: FastifyReply, format: string): void {
  reply.type(`image/${format}`)
  reply.headers({ 'content-security-policy': 'sandbox', 'cache-control': 'private, max-age=31536000, immutable' })
}
