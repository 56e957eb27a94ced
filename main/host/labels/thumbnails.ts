import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Limiter } from '../../base/limiter.ts'
import { forBrowsers, renderPicture } from './renderPicture.ts'

const thumbnailPx = 320
const mostAtOnce = 2

/** A picture on disk. */
export interface PictureFile {
  path: string
  /** As told by its first bytes when it was recorded. */
  format: string
}

/** Pictures that are made from recorded ones when they are first asked for, and kept in `thumbnails/`. */
export class Thumbnails {
  readonly #folder: string
  readonly #pixelLimit: number
  readonly #limiter = new Limiter(mostAtOnce)
  readonly #making = new Map<string, Promise<string>>()

  constructor(dataFolder: string, pixelLimit: number) {
    this.#folder = join(dataFolder, 'thumbnails')
    this.#pixelLimit = pixelLimit
  }

  /** At most 320 px wide and high, WebP, upright. @returns its path @throws Refusal IMAGE_UNREADABLE */
  thumbnail(id: string, original: PictureFile): Promise<string> {
    return this.#make(this.#path(id, 'webp'), async (target) => {
      const size = { width: thumbnailPx, height: thumbnailPx, fit: 'inside', withoutEnlargement: true } as const
      await this.#render(original, (picture) => picture.resize(size).webp({ quality: 80 }).toFile(target))
    })
  }

  /** In full size and a format that browsers show: of a TIFF a JPEG is made, the others are given back as they are. */
  async displayable(id: string, original: PictureFile): Promise<PictureFile> {
    if (original.format !== 'tiff') return original
    const path = await this.#make(this.#path(id, 'jpg'), async (target) => {
      await this.#render(original, (picture) => forBrowsers(picture).toFile(target))
    })
    return { path, format: 'jpeg' }
  }

  async remove(id: string): Promise<void> {
    for (const extension of ['webp', 'jpg'] as const) await rm(this.#path(id, extension), { force: true })
  }

  /** The end of an id is random, so the folders fill evenly. */
  #path(id: string, extension: 'webp' | 'jpg'): string {
    return join(this.#folder, id.slice(-2), `${id}.${extension}`)
  }

  async #make(path: string, write: (target: string) => Promise<void>): Promise<string> {
    if (await isFilled(path)) return path
    const making = this.#making.get(path) ?? this.#limiter.run(() => writeWhole(path, write))
    this.#making.set(path, making)
    try {
      return await making
    } finally {
      this.#making.delete(path)
    }
  }

  #render(original: PictureFile, write: Parameters<typeof renderPicture>[2]): Promise<unknown> {
    return renderPicture({ source: original.path, format: original.format }, this.#pixelLimit, write)
  }
}

/** Nobody sees half a file, not even after a crash. */
async function writeWhole(path: string, write: (target: string) => Promise<void>): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  const part = `${path}.part`
  try {
    await write(part)
    await rename(part, path)
  } finally {
    await rm(part, { force: true })
  }
  return path
}

/** A power cut can leave a name without content. */
async function isFilled(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > 0
  } catch {
    return false
  }
}
