import { createHash } from 'node:crypto'

/** Deaths at which a picture is believed to be their cause. */
const deathsToRefuse = 3

/**
 * Which pictures kill engines: only bytes that were alone in an engine at three deaths by fault, with no success of
 * theirs between, are refused from then on. Kept for a run, until a person clears it; pictures are told apart by their
 * SHA-256.
 */
export class Suspects {
  readonly #deaths = new Map<string, number>()
  /** Only pictures of these lengths need be told apart by their digest. */
  readonly #lengths = new Set<number>()

  /** How many pictures are refused. */
  get refused(): number {
    return [...this.#deaths.values()].filter((deaths) => deaths >= deathsToRefuse).length
  }

  isRefused(image: Uint8Array): boolean {
    return this.#lengths.has(image.length) && (this.#deaths.get(digest(image)) ?? 0) >= deathsToRefuse
  }

  /** An engine died by its own fault with this picture alone in it. */
  died(image: Uint8Array): void {
    const key = digest(image)
    this.#lengths.add(image.length)
    this.#deaths.set(key, (this.#deaths.get(key) ?? 0) + 1)
  }

  succeeded(image: Uint8Array): void {
    if (this.#lengths.has(image.length)) this.#deaths.delete(digest(image))
  }

  /** All may be tried again. */
  clear(): void {
    this.#deaths.clear()
    this.#lengths.clear()
  }
}

function digest(image: Uint8Array): string {
  return createHash('sha256').update(image).digest('hex')
}
