/** Numbers that look random and are the same for the same seed on every machine. */
export class Random {
  #state: number

  /** @param seed Any text, such as `1:model:42`. */
  constructor(seed: string) {
    this.#state = Array.from(seed).reduce(
      (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619),
      2166136261
    )
    for (let warm = 0; warm < 8; warm++) this.#next()
  }

  /** 0 to below `end`. */
  below(end: number): number {
    return Math.floor((this.#next() / 0x1_0000_0000) * end)
  }

  /** Whether something that happens once in `often` happens. */
  oneIn(often: number): boolean {
    return this.below(often) === 0
  }

  pick<T>(choices: readonly [T, ...T[]] | readonly T[]): T {
    const choice = choices[this.below(choices.length)]
    if (choice === undefined) throw new Error('nothing to choose from')
    return choice
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256))
  }

  /** Mulberry32. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}
