import type { Outcome, ShiftCounter } from '../../contract/index.ts'
import type { Logger } from '../../base/logger.ts'
import { throttled, type Throttled } from '../../base/throttled.ts'
import { isoTimestamp } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { counterRows, saveCounter } from './counterRows.ts'

type Counts = Omit<ShiftCounter, 'since'> & { since: number }

const keys = { OK: 'ok', WARN: 'warn', NG: 'ng' } as const
const writeEveryMs = 1000

/**
 * The shift counter of each inference (F13b). Counting is in memory, so that no prediction waits for the disk; what was
 * counted is written about once a second and when the host stops. A power cut loses the last second at most.
 */
export class ShiftCounters {
  readonly #database: Database
  readonly #logger: Logger
  readonly #counts: Map<string, Counts>
  readonly #changed = new Set<string>()
  readonly #save: Throttled
  #saving: Promise<void> = Promise.resolve()

  private constructor(database: Database, logger: Logger, counts: Map<string, Counts>, writeMs: number) {
    this.#database = database
    this.#logger = logger
    this.#counts = counts
    this.#save = throttled(() => this.#write(), writeMs)
  }

  /** With what was counted before. */
  static async open(database: Database, logger: Logger, writeMs = writeEveryMs): Promise<ShiftCounters> {
    const rows = await counterRows(database)
    const counts = rows.map(({ inference_slug, ...row }) => [inference_slug, row] as const)
    return new ShiftCounters(database, logger, new Map(counts), writeMs)
  }

  of(slug: string): ShiftCounter {
    const counts = this.#of(slug)
    return { ...counts, since: isoTimestamp(new Date(counts.since)) }
  }

  /** An answered request of the line; null where its setup asks for no verdict. */
  judged(slug: string, outcome: Outcome | null): void {
    if (outcome) this.#count(slug, keys[outcome])
  }

  /** A request of the line that was not answered. */
  failed(slug: string): void {
    this.#count(slug, 'errors')
  }

  /** Begins anew; resolves once that is stored. */
  async reset(slug: string): Promise<void> {
    this.#counts.set(slug, none())
    this.#changed.add(slug)
    this.#write()
    await this.#saving
  }

  /** The inference has another name in the address now. */
  renamed(before: string, after: string): void {
    const counts = this.#counts.get(before)
    if (!counts || before === after) return
    this.forget(before)
    this.#counts.set(after, counts)
    this.#changed.add(after)
    this.#save()
  }

  /** The inference is gone. */
  forget(slug: string): void {
    this.#counts.delete(slug)
    this.#changed.delete(slug)
  }

  /** Writes what is not written yet. */
  async close(): Promise<void> {
    await this.#save.close()
    this.#write()
    await this.#saving
  }

  #of(slug: string): Counts {
    const known = this.#counts.get(slug)
    if (known) return known
    const counts = none()
    this.#counts.set(slug, counts)
    this.#changed.add(slug)
    this.#save()
    return counts
  }

  #count(slug: string, key: keyof Omit<Counts, 'since'>): void {
    this.#of(slug)[key] += 1
    this.#changed.add(slug)
    this.#save()
  }

  #write(): void {
    const rows = [...this.#changed].flatMap((slug) => {
      const counts = this.#counts.get(slug)
      return counts ? [{ inference_slug: slug, ...counts }] : []
    })
    this.#changed.clear()
    if (rows.length === 0) return
    const statements = rows.map((row) => saveCounter(this.#database, row))
    const written = this.#database.write(statements).then(
      () => undefined,
      (error: unknown) => {
        for (const { inference_slug } of rows) this.#changed.add(inference_slug)
        this.#logger.warn(`the shift counters could not be written: ${String(error)}`)
      }
    )
    this.#saving = Promise.all([this.#saving, written]).then(() => undefined)
  }
}

function none(): Counts {
  return { ok: 0, warn: 0, ng: 0, errors: 0, since: Date.now() }
}
