import type { ResourceBudget, ResourceSums } from '../../contract/index.ts'
import { bytesInWords } from './words.ts'

/** Admits everything; for tests and tools that run without limits. */
export const unlimitedBudget: ResourceBudget = { cpuThreads: Infinity, memoryBytes: Infinity, gpuMemoryBytes: null }

/** Who asks: a name in words, and what all of its instances need together. */
export interface ResourceRequest {
  name: string
  needs: ResourceSums
}

/** A run's place: it waits for resources, or holds them. */
export interface Ticket {
  /** Null once admitted; `place` counts from 1. */
  waiting(): { place: number; waitsFor: string } | null
  /** Takes more for one that is admitted, if there is room now; else says in words what is short. */
  grow(more: ResourceSums): string | null
  /** What one that is admitted holds from now on, more or less than before. */
  hold(needs: ResourceSums): void
  /** Gives up the place or gives the resources back. Calling it again does nothing. */
  release(): void
}

interface Entry {
  name: string
  needs: ResourceSums
  admitted(): void
}

type Resource = keyof ResourceSums
const resources: readonly Resource[] = ['cpuThreads', 'memoryBytes', 'gpuMemoryBytes']
const none: ResourceSums = { cpuThreads: 0, memoryBytes: 0, gpuMemoryBytes: 0 }

/**
 * Admits runs by what they need (F15), strictly first come first served: a small one never overtakes a large one.
 * What needs more than the whole budget is admitted once nothing else is up.
 */
export class Scheduler {
  readonly #held = new Set<Entry>()
  readonly #waiting: Entry[] = []
  #budget: ResourceBudget

  constructor(budget: ResourceBudget = unlimitedBudget) {
    this.#budget = budget
  }

  /** A larger budget lets those in that wait; a smaller one takes nothing away from those that are up. */
  set budget(budget: ResourceBudget) {
    this.#budget = budget
    this.#admit()
  }

  get budget(): ResourceBudget {
    return this.#budget
  }

  get held(): ResourceSums {
    return [...this.#held].reduce((sum, { needs }) => added(sum, needs), none)
  }

  /** @param admitted Called once, at the earliest after this returns, unless the ticket was released before. */
  request({ name, needs }: ResourceRequest, admitted: () => void): Ticket {
    const entry: Entry = { name, needs, admitted }
    this.#waiting.push(entry)
    queueMicrotask(() => this.#admit())
    return {
      waiting: () => this.#placeOf(entry),
      grow: (more) => this.#grow(entry, more),
      hold: (changed) => this.#hold(entry, changed),
      release: () => this.#release(entry)
    }
  }

  #admit(): void {
    for (let [entry] = this.#waiting; entry && this.#lacks(entry.needs) === null; [entry] = this.#waiting) {
      this.#waiting.shift()
      this.#held.add(entry)
      entry.admitted()
    }
  }

  #grow(entry: Entry, more: ResourceSums): string | null {
    if (!this.#held.has(entry)) return 'a place among the runs that are up'
    const lacks = this.#lacks(more)
    if (lacks === null) entry.needs = added(entry.needs, more)
    return lacks
  }

  #hold(entry: Entry, needs: ResourceSums): void {
    entry.needs = needs
    this.#admit()
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
    const lacks = this.#lacks(entry.needs)
    if (at === 0) return { place: 1, waitsFor: lacks ?? 'its turn' }
    const before = at === 1 ? 'the run before it' : `the ${at} runs before it`
    return { place: at + 1, waitsFor: lacks === null ? before : `${before}, and ${lacks}` }
  }

  /** What is short, with its numbers; null where there is room. */
  #lacks(needs: ResourceSums): string | null {
    if (this.#held.size === 0) return null
    const held = this.held
    const short = resources.find((resource) => {
      const budget = this.#budget[resource]
      return budget !== null && needs[resource] > 0 && held[resource] + needs[resource] > budget
    })
    return short === undefined ? null : this.#inWords(short, needs[short], held[short])
  }

  #inWords(resource: Resource, needed: number, held: number): string {
    const budget = this.#budget[resource] ?? Infinity
    const free = amounts[resource](Math.max(0, budget - held))
    const holders = [...this.#held].filter(({ needs }) => needs[resource] > 0).map(holderOf(resource))
    const shown = [...holders.slice(0, 3), ...(holders.length > 3 ? [`${holders.length - 3} more`] : [])].join(', ')
    return `${amounts[resource](needed)} ${nouns[resource](needed)} (${free} of ${amounts[resource](budget)} are free; held by ${shown})`
  }
}

const nouns: Record<Resource, (needed: number) => string> = {
  cpuThreads: (needed) => (needed === 1 ? 'CPU thread' : 'CPU threads'),
  memoryBytes: () => 'of memory',
  gpuMemoryBytes: () => 'of GPU memory'
}

const amounts: Record<Resource, (value: number) => string> = {
  cpuThreads: String,
  memoryBytes: bytesInWords,
  gpuMemoryBytes: bytesInWords
}

function holderOf(resource: Resource): (entry: Entry) => string {
  return ({ name, needs }) => `“${name}” ${amounts[resource](needs[resource])}`
}

function added(a: ResourceSums, b: ResourceSums): ResourceSums {
  return {
    cpuThreads: a.cpuThreads + b.cpuThreads,
    memoryBytes: a.memoryBytes + b.memoryBytes,
    gpuMemoryBytes: a.gpuMemoryBytes + b.gpuMemoryBytes
  }
}
