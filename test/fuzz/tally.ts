/** A case of a fuzz, by which it can be had again. */
export interface Case {
  /** Such as `model:42`. */
  name: string
  how: string
}

export interface Failure extends Case {
  why: string
}

/** What came of the cases: counted by outcome, the slowest, and what must not be. */
export class Tally {
  readonly failures: Failure[] = []
  readonly #counts = new Map<string, number>()
  #slowest: { ms: number; outcome: string } & Case = { ms: 0, outcome: '', name: 'none', how: '' }

  count(about: Case, outcome: string, ms: number): void {
    this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1)
    if (ms > this.#slowest.ms) this.#slowest = { ...about, ms, outcome }
  }

  fail(about: Case, why: string): void {
    this.failures.push({ ...about, why })
  }

  /** How often an outcome was. */
  of(outcome: string): number {
    return this.#counts.get(outcome) ?? 0
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
  }

  lines(): string[] {
    const counts = [...this.#counts].sort(([, a], [, b]) => b - a)
    const { ms, name, how, outcome } = this.#slowest
    return [
      ...counts.map(([outcome, count]) => `${String(count).padStart(7)}  ${outcome}`),
      `slowest: ${name} (${how}), ${Math.round(ms)} ms, ${outcome}`,
      ...this.failures.map((failure) => `FAILED ${failure.name} (${failure.how}): ${failure.why}`)
    ]
  }
}
