import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('../../resources/sample/bare-boards/pictures/', import.meta.url)

/** The sample detector's pictures, in the order of their names. */
export function samplePictures(): Buffer<ArrayBuffer>[] {
  const names = readdirSync(folder).filter((name) => /\.(png|jpg)$/.test(name))
  return names.sort().map((name) => Buffer.from(readFileSync(fileURLToPath(new URL(name, folder)))))
}
