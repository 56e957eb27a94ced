/** First in, first out, with a limit on what waits. */
export class BoundedQueue<T> {
  readonly limit: number
  #items: T[] = []

  constructor(limit: number) {
    this.limit = limit
  }

  get length(): number {
    return this.#items.length
  }

  /** What `shift` would take. */
  get first(): T | undefined {
    return this.#items[0]
  }

  /** False where the limit is reached: the item was not taken. */
  push(item: T): boolean {
    if (this.#items.length >= this.limit) return false
    this.#items.push(item)
    return true
  }

  /** Gives an item that had been taken its place at the head back, whatever the limit. */
  putBack(item: T): void {
    this.#items.unshift(item)
  }

  shift(): T | undefined {
    return this.#items.shift()
  }

  /** Takes an item out, wherever it stands. */
  remove(item: T): void {
    const at = this.#items.indexOf(item)
    if (at >= 0) this.#items.splice(at, 1)
  }

  /** Empties the queue and returns what waited, in order. */
  clear(): T[] {
    const items = this.#items
    this.#items = []
    return items
  }
}
