import type { Prediction } from '../../contract/index.ts'
import type { Release } from '../../base/disposables.ts'
import type { Logger } from '../../base/logger.ts'
import { repeatedly } from '../../base/repeatedly.ts'
import { systemTime, type TimeSource } from '../../base/timeSource.ts'
import type { Database } from '../database/database.ts'
import { putRecent, storedRecent } from './recentRows.ts'
import { recentPrediction, RecentRequests, type RecentRequest } from './recentRequests.ts'

/** What a crash may cost: estimates then rest on a little less. */
const writeEveryMs = 5 * 60_000

/** Keeps the answered requests of one run. */
export interface RecentRecorder {
  /** @param predictions With candidates. */
  answered(request: Omit<RecentRequest, 'predictions' | 'seenFrom'>, predictions: readonly Prediction[]): void
  /** The run is over. */
  ended(): void
}

interface Kept {
  requests: RecentRequests
  /** What was stored before is among them. */
  loaded: Promise<void>
  isChanged: boolean
}

/**
 * The last requests of each inference without their geometry, so that a setup can be judged by what the line really
 * sends. They gather in memory, and are stored when a run ends, when the host stops, and now and then; what is stored is
 * read once it is asked for.
 */
export class RecentPredictions {
  readonly #database: Database
  readonly #logger: Logger
  readonly #time: TimeSource
  readonly #kept = new Map<string, Kept>()
  #work: Promise<void> = Promise.resolve()

  constructor(database: Database, logger: Logger, time: TimeSource = systemTime) {
    this.#database = database
    this.#logger = logger
    this.#time = time
  }

  /** Keeps the requests of a run from now on. @param seenFrom Below this confidence it sees nothing. */
  follow(slug: string, seenFrom: number): RecentRecorder {
    const kept = this.#of(slug)
    return {
      answered: (request, predictions) => {
        kept.requests.add({ ...request, seenFrom, predictions: predictions.map(recentPrediction) })
        kept.isChanged = true
      },
      ended: () => void this.store()
    }
  }

  /** The oldest first. @param slug Of an inference that there is. */
  async of(slug: string): Promise<RecentRequest[]> {
    const kept = this.#of(slug)
    await kept.loaded
    return kept.requests.list()
  }

  /** The inference has another name in the address now; its row has it already. */
  renamed(before: string, after: string): void {
    const kept = this.#kept.get(before)
    if (!kept || before === after) return
    this.#kept.delete(before)
    this.#kept.set(after, { ...kept, isChanged: true })
  }

  /** The inference is gone, and its row with it. */
  forget(slug: string): void {
    this.#kept.delete(slug)
  }

  /** Stores now and then; once more when it is released. */
  start(): Release {
    return repeatedly(this.#time, writeEveryMs, () => this.store())
  }

  /** Stores what has changed. What cannot be stored is tried again the next time, and the log says so. */
  store(): Promise<void> {
    this.#work = this.#work.then(() => this.#storeChanged())
    return this.#work
  }

  async #storeChanged(): Promise<void> {
    for (const [slug, kept] of this.#kept) {
      if (!kept.isChanged) continue
      kept.isChanged = false
      await this.#store(slug, kept).catch((error: unknown) => {
        kept.isChanged = true
        this.#logger.warn(`the recent predictions of “${slug}” could not be stored: ${String(error)}`)
      })
    }
  }

  async #store(slug: string, { requests, loaded }: Kept): Promise<void> {
    await loaded
    await this.#database.write([putRecent(this.#database, slug, requests.list())])
  }

  #of(slug: string): Kept {
    const known = this.#kept.get(slug)
    if (known) return known
    const requests = new RecentRequests()
    const kept = { requests, loaded: this.#load(slug, requests), isChanged: false }
    this.#kept.set(slug, kept)
    return kept
  }

  async #load(slug: string, requests: RecentRequests): Promise<void> {
    try {
      requests.addEarlier(await storedRecent(this.#database, slug))
    } catch (error) {
      this.#logger.warn(`the stored recent predictions of “${slug}” could not be read: ${String(error)}`)
    }
  }
}
