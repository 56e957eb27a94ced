import { setImmediate as breath } from 'node:timers/promises'
import type { CompiledQuery } from 'kysely'
import type { FiguresHistory as HistoryView, HistoryPoint, HistoryQuery, Stage } from '../../contract/index.ts'
import type { Release } from '../../base/disposables.ts'
import type { Logger } from '../../base/logger.ts'
import { repeatedly } from '../../base/repeatedly.ts'
import { systemTime, type TimeSource } from '../../base/timeSource.ts'
import { isoTimestamp } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { dropSpansBefore, putSpan, spansSince, storedSpan } from './figureRows.ts'
import { historySteps, spanOf, stepsFor } from './historySteps.ts'
import { newLatencies, percentilesOf } from './slidingLatencies.ts'
import { SpanFigures } from './spanFigures.ts'

const writeEveryMs = 5000
const dropEveryMs = 3_600_000
/** Rows that are unpacked before others on the host's thread get their turn. */
const rowsAtATime = 25
const [finest] = historySteps

/** Counts the requests of one run. */
export interface SpanCounter {
  /** What is counted now. */
  readonly present: SpanFigures
  /** The run is over. */
  end(): void
}

/**
 * Figures of the last 30 days. What happens is counted in memory by the shortest span, and every five seconds merged
 * into the stored spans of each length: a crash loses five seconds, a start goes on with what is there, and nothing
 * needs to be condensed later. While an inference is up, idle or not, its spans are there; where there is none it was
 * not up.
 */
export class FiguresHistory {
  readonly #database: Database
  readonly #logger: Logger
  readonly #time: TimeSource
  /** By slug and the span's beginning, what is not stored yet. */
  readonly #pending = new Map<string, Map<number, SpanFigures>>()
  /** Runs that are up, and until when their time has been counted. */
  readonly #up = new Set<{ slug: string; since: number }>()
  #work: Promise<void> = Promise.resolve()
  #droppedAt = -Infinity
  #isFailing = false

  constructor(database: Database, logger: Logger, time: TimeSource = systemTime) {
    this.#database = database
    this.#logger = logger
    this.#time = time
  }

  /** Counts a run of the inference from now on. */
  follow(slug: string): SpanCounter {
    const up = { slug, since: this.#time.now() }
    this.#up.add(up)
    const present = () => this.#span(slug, this.#time.now())
    return {
      get present() {
        return present()
      },
      end: () => {
        this.#countTime(up)
        this.#up.delete(up)
      }
    }
  }

  /** Stores every five seconds; once more when it is released. */
  start(): Release {
    return repeatedly(this.#time, writeEveryMs, () => this.store())
  }

  /** Stores what was counted. What cannot be stored is lost, and the log says so. */
  store(): Promise<void> {
    for (const up of this.#up) this.#countTime(up)
    this.#work = this.#work.then(() => this.#storePending()).then(...this.#outcome())
    return this.#work
  }

  /** @throws Refusal INVALID_REQUEST where the step does not fit */
  async read(slug: string, query: HistoryQuery): Promise<HistoryView> {
    const { kept, step } = stepsFor(query)
    const now = this.#time.now()
    const from = spanOf(step, now - query.rangeSeconds * 1000)
    const rows = await spansSince(this.#database, { slug, step: kept, at: from }, query.stage)
    const spans = new Map<number, SpanFigures>()
    for (const [index, row] of rows.entries()) {
      const at = spanOf(step, row.at)
      const span = spans.get(at) ?? new SpanFigures()
      span.merge(SpanFigures.from(row))
      spans.set(at, span)
      if (index % rowsAtATime === 0) await breath()
    }
    const points = [...spans].map(([at, figures]) => pointOf(at, figures, query.stage))
    return { from: isoTimestamp(new Date(from)), to: isoTimestamp(new Date(now)), stepSeconds: step, points }
  }

  /** The time since it was last counted goes to the spans that it lies in; a clock that was set forward is no time. */
  #countTime(up: { slug: string; since: number }): void {
    const now = this.#time.now()
    let from = Math.max(up.since, now - 2 * writeEveryMs)
    while (from < now) {
      const end = Math.min(now, spanOf(finest.step, from) + finest.step * 1000)
      this.#span(up.slug, from).add('upMs', end - from)
      from = end
    }
    up.since = now
  }

  #span(slug: string, moment: number): SpanFigures {
    const at = spanOf(finest.step, moment)
    const spans = this.#pending.get(slug) ?? new Map<number, SpanFigures>()
    this.#pending.set(slug, spans)
    const span = spans.get(at) ?? new SpanFigures()
    spans.set(at, span)
    return span
  }

  async #storePending(): Promise<void> {
    const taken = [...this.#pending]
    this.#pending.clear()
    for (const [slug, spans] of taken) await this.#storeOf(slug, spans)
    await this.#dropOld()
  }

  /** All lengths in one transaction, so that they tell the same. */
  async #storeOf(slug: string, spans: ReadonlyMap<number, SpanFigures>): Promise<void> {
    const statements: CompiledQuery[] = []
    for (const { step } of historySteps) {
      for (const [at, figures] of merged(step, spans)) {
        const key = { slug, step, at }
        const before = await storedSpan(this.#database, key)
        if (before) figures.merge(SpanFigures.from(before))
        statements.push(putSpan(this.#database, key, figures.stored()))
        await breath()
      }
    }
    await this.#database.write(statements)
  }

  async #dropOld(): Promise<void> {
    const now = this.#time.now()
    if (now - this.#droppedAt < dropEveryMs) return
    await this.#database.write(
      historySteps.map(({ step, kept }) => dropSpansBefore(this.#database, step, now - kept * 1000))
    )
    this.#droppedAt = now
  }

  /** Said once until it works again, since a full disk at the weekend must not fill the log. */
  #outcome(): [() => void, (error: unknown) => void] {
    const well = () => {
      if (this.#isFailing) this.#logger.info('figures are stored again')
      this.#isFailing = false
    }
    const badly = (error: unknown) => {
      if (!this.#isFailing) this.#logger.error(`figures could not be stored and have a gap: ${String(error)}`)
      this.#isFailing = true
    }
    return [well, badly]
  }
}

/** Copies, by the spans of this length. */
function merged(step: number, spans: ReadonlyMap<number, SpanFigures>): Map<number, SpanFigures> {
  const all = new Map<number, SpanFigures>()
  for (const [at, figures] of spans) {
    const whole = all.get(spanOf(step, at)) ?? new SpanFigures()
    whole.merge(figures)
    all.set(spanOf(step, at), whole)
  }
  return all
}

function pointOf(at: number, figures: SpanFigures, stage: Stage): HistoryPoint {
  const failuresByCode = figures.countsOf('failed:')
  const { OK: ok = 0, WARN: warn = 0, NG: ng = 0 } = figures.countsOf('verdict:')
  const requests = figures.count('requests')
  const seconds = figures.count('upMs') / 1000
  return {
    at: isoTimestamp(new Date(at)),
    seconds,
    requests,
    perMinute: seconds === 0 ? 0 : (requests / seconds) * 60,
    failures: Object.values(failuresByCode).reduce((sum, count) => sum + count, 0),
    failuresByCode,
    predictions: figures.count('predictions'),
    unknown: figures.count('unknown'),
    verdicts: { ok, warn, ng },
    recorded: figures.count('recorded'),
    dropped: figures.count('dropped'),
    mostQueued: figures.mostQueued,
    latencyMs: percentilesOf(figures.latencies(stage) ?? newLatencies(2))
  }
}
