/** What a run holds while it is up. `memoryBytes` is an estimate for all of its instances. */
export interface ResourceNeeds {
  threads: number
  memoryBytes: number
  gpu: boolean
}

/** What runs may hold together. */
export interface ResourceBudget {
  threads: number
  memoryBytes: number
  gpuRuns: number
}

/** Admits everything: estimates and budgets that would let a run wait come with a later issue. */
export const unlimitedBudget: ResourceBudget = { threads: Infinity, memoryBytes: Infinity, gpuRuns: Infinity }

/** A run's place: it waits for resources, or holds them. */
export interface Ticket {
  /** Null once admitted; `place` counts from 1. */
  waiting(): { place: number; waitsFor: string } | null
  /** Gives up the place or gives the resources back. Calling it again does nothing. */
  release(): void
}

interface Entry {
  needs: ResourceNeeds
  admitted(): void
}

/** Admits runs by what they need, strictly first come first served: a small one never overtakes a large one. */
export class Scheduler {
  readonly #budget: ResourceBudget
  readonly #held = new Set<Entry>()
  readonly #waiting: Entry[] = []

  constructor(budget: ResourceBudget = unlimitedBudget) {
    this.#budget = budget
  }

  /** @param admitted Called once, at the earliest after this returns, unless the ticket was released before. */
  request(needs: ResourceNeeds, admitted: () => void): Ticket {
    const entry = { needs, admitted }
    this.#waiting.push(entry)
    queueMicrotask(() => this.#admit())
    return { waiting: () => this.#placeOf(entry), release: () => this.#release(entry) }
  }

  #admit(): void {
    for (let [entry] = this.#waiting; entry && this.#lacks(entry.needs) === null; [entry] = this.#waiting) {
      this.#waiting.shift()
      this.#held.add(entry)
      entry.admitted()
    }
  }

  #release(entry: Entry): void {
    const at = this.#waiting.indexOf(entry)
    if (at >= 0) this.#waiting.splice(at, 1)
    this.#held.delete(entry)
    this.#admit()
  }

  #placeOf(entry: Entry): { place: number; waitsFor: string } | null {
    const at = this.#waiting.indexOf(entry)
    if (at < 0) return null
    return { place: at + 1, waitsFor: this.#lacks(entry.needs) ?? 'the runs before it' }
  }

  /** The resource that is short, in words. What needs more than the whole budget is admitted alone. */
  #lacks(needs: ResourceNeeds): string | null {
    const held = [...this.#held].map((entry) => entry.needs)
    if (held.length === 0) return null
    const sum = (of: (needs: ResourceNeeds) => number) => held.reduce((total, each) => total + of(each), of(needs))
    if (sum((each) => each.threads) > this.#budget.threads) return 'CPU threads'
    if (sum((each) => each.memoryBytes) > this.#budget.memoryBytes) return 'memory'
    if (needs.gpu && sum((each) => Number(each.gpu)) > this.#budget.gpuRuns) return 'the GPU'
    return null
  }
}
