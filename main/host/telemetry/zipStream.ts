import { PassThrough, pipeline, type Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** A file of an archive: its text, or what opens its content when its turn comes. */
export interface ZipEntry {
  name: string
  content: string | (() => Promise<Readable>)
}

/**
 * An archive as it is being made; memory does not grow with its size, and nothing stays open where its reader goes
 * away. A file that cannot be opened ends it in an error.
 */
export function zipStream(entries: readonly ZipEntry[]): Readable {
  const zip = new ZipFile()
  const output = new PassThrough()
  let open: Readable | undefined
  const give = async (content: () => Promise<Readable>) => {
    open = await content()
    if (output.destroyed) open.destroy()
    return open
  }
  for (const { name, content } of entries) {
    if (typeof content === 'string') zip.addBuffer(Buffer.from(content), name)
    else zip.addReadStreamLazy(name, (done) => void give(content).then((stream) => done(null, stream), failed))
  }
  function failed(error: unknown): void {
    output.destroy(error instanceof Error ? error : new Error(String(error)))
  }
  zip.on('error', failed)
  pipeline(zip.outputStream, output, () => open?.destroy())
  zip.end()
  return output
}
