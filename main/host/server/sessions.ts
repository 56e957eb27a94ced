import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const mostSessions = 1000

/** Who may use the window's routes: holders of the host's token, and sessions that were opened with it. In memory. */
export class Sessions {
  readonly token = randomBytes(32).toString('base64url')
  readonly #digest = digest(this.token)
  readonly #ids = new Set<string>()

  /** Compares in constant time. */
  isToken(given: string): boolean {
    return timingSafeEqual(digest(given), this.#digest)
  }

  /** Opens a session and returns its id; beyond a thousand the oldest ends. */
  open(): string {
    const [oldest] = this.#ids
    if (oldest !== undefined && this.#ids.size >= mostSessions) this.#ids.delete(oldest)
    const id = randomBytes(32).toString('base64url')
    this.#ids.add(id)
    return id
  }

  has(id: string): boolean {
    return this.#ids.has(id)
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
