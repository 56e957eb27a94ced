import { ulid } from 'ulid'
import type { Inference, Model } from '../../contract/index.ts'
import type { Database } from '../database/database.ts'
import type { Imports } from '../labels/imports.ts'
import { setInstanceBytes } from '../models/modelRows.ts'
import type { Models } from '../models/models.ts'
import * as rows from './inferenceRows.ts'
import { thresholdsOfRun } from './classThresholds.ts'
import type { Computed } from './loading.ts'
import { Run, type RunListener } from './run.ts'
import type { RunServices } from './runServices.ts'
import { changeRunModel, endRun, insertRun, insertRunState, lastPreparingMs } from './runRows.ts'
import type { RunState } from './runState.ts'
import type { RunSubject } from './runSubject.ts'

export interface RunsServices extends RunServices {
  database: Database
  models: Models
  imports: Imports
}

/** The runs of a host, and what is written down of them. What begins or changes them must be called in turn. */
export class Runs {
  readonly #services: RunsServices
  readonly #shutdown: (slug: string, reason: string) => void
  /** The present or last run of each slug. */
  readonly #runs = new Map<string, Run>()
  /** Resolves once the end of a run is stored; never rejects. */
  readonly #finished = new Map<Run, Promise<void>>()

  /** @param shutdown Told when the shutdown time of an inference has come. */
  constructor(services: RunsServices, shutdown: (slug: string, reason: string) => void) {
    this.#services = services
    this.#shutdown = shutdown
  }

  of(slug: string): Run | undefined {
    return this.#runs.get(slug)
  }

  statusOf(slug: string): Inference['status'] {
    return this.#runs.get(slug)?.state.status ?? 'stopped'
  }

  /** Those that are not stopped. */
  get up(): Run[] {
    return [...this.#runs.values()].filter(({ state }) => state.status !== 'stopped')
  }

  /** The inference of a stopped run is not what it was, or not there any more. */
  forget(slug: string): void {
    this.#runs.delete(slug)
  }

  /** A run that has stopped may still have something to say; what replaces it comes after that. */
  async untilFinished(slug: string): Promise<void> {
    const run = this.#runs.get(slug)
    if (run) await this.#finished.get(run)
  }

  /** @param thresholds The class thresholds of a run that comes back; else the setup's are resolved now. */
  async begin(row: rows.NamedRow, thresholds?: Record<string, number>): Promise<void> {
    const { database, events } = this.#services
    await this.untilFinished(row.slug)
    const subject = await this.#subject(row, thresholds)
    await database.write([insertRun(database, subject), rows.setWanted(database, row.slug, true)])
    const run: Run = new Run(
      subject,
      this.#services,
      this.#listenerOf(subject, () => run)
    )
    this.#runs.set(row.slug, run)
    this.#track(run)
    run.start()
    events.publish({ type: 'changed', what: 'runs', project: row.project_id })
  }

  /** Lets a prepared model take over. False where it cannot any more. */
  async takeOver(run: Run, next: Computed): Promise<boolean> {
    const { database, logger } = this.#services
    const before = run.subject.model
    const measured = this.#measured(run)
    if (!run.takeOver(next)) return false
    const { id } = run.subject.run
    const note = { at: Date.now(), status: run.state.status, reason: changeInWords(before, next.model) }
    const kept = database.write([
      ...measured,
      rows.updateInference(database, next.setup.slug, next.setup),
      changeRunModel(database, run.subject),
      ...insertRunState(database, id, note)
    ])
    await kept.catch((error: unknown) => {
      logger
        .child({ inference: next.setup.slug })
        .error(`the change of the model could not be stored: ${String(error)}`)
    })
    this.#changed(next.setup.project)
    return true
  }

  /** All end, at the latest after this time. Resolves once their ends are stored. */
  async stopAll(reason: string, deadlineMs: number): Promise<void> {
    const abort = setTimeout(() => this.#runs.forEach((run) => run.abort()), deadlineMs)
    this.#runs.forEach((run) => run.stop(reason))
    await Promise.all(this.#finished.values())
    clearTimeout(abort)
  }

  async #subject(row: rows.NamedRow, thresholds: Record<string, number> | undefined): Promise<RunSubject> {
    const { database, models, imports } = this.#services
    const setup = rows.setupOf(row)
    const model = await models.get(setup.model)
    const [id, startedAt] = [ulid(), new Date()]
    const created = await imports.createForRun({ id, project: setup.project }, setup.name, startedAt)
    const run = { id, importId: created.id, folder: created.folder, startedAt }
    const project = { id: row.project_id, name: row.project_name }
    const classThresholds = thresholds ?? (await thresholdsOfRun(this.#services, setup, model))
    const prepared = await lastPreparingMs(database, setup.slug)
    return { run, setup, project, model, modelPath: models.path(model), classThresholds, lastPreparingMs: prepared }
  }

  #listenerOf({ run: { id }, setup: { slug } }: RunSubject, run: () => Run): RunListener {
    return {
      entered: (state) => this.#remember(slug, id, state),
      shutdown: (reason) => {
        if (this.#runs.get(slug) === run()) this.#shutdown(slug, reason)
      }
    }
  }

  /** History must not hold up a run, nor end it. */
  #remember(slug: string, run: string, { status, reason }: RunState): void {
    const { database, logger } = this.#services
    database.write(insertRunState(database, run, { at: Date.now(), status, reason })).catch((error: unknown) => {
      logger.child({ inference: slug }).error(`a state of the run could not be stored: ${String(error)}`)
    })
  }

  #track(run: Run): void {
    const finished = this.#finish(run).catch((error: unknown) => {
      const logger = this.#services.logger.child({ inference: run.subject.setup.slug })
      logger.error(`the end of the run could not be stored: ${String(error)}`)
    })
    this.#finished.set(run, finished)
    void finished.then(() => this.#finished.delete(run))
  }

  /** Writes down a run's end once it has come. */
  async #finish(run: Run): Promise<void> {
    const { database } = this.#services
    const reason = await run.ended
    const { setup, run: facts } = run.subject
    const now = new Date()
    await database.write([
      endRun(database, facts.id, now, reason),
      rows.setStopped(database, setup.slug, now, reason),
      ...this.#measured(run)
    ])
    this.#changed(setup.project)
  }

  /** What an instance of it used at its most, for the next one's admission. */
  #measured({ peakBytes, subject }: Run) {
    return peakBytes > 0 ? [setInstanceBytes(this.#services.database, subject.model.id, Math.round(peakBytes))] : []
  }

  #changed(project: string): void {
    const { events } = this.#services
    events.publish({ type: 'changed', what: 'runs', project })
    events.publish({ type: 'changed', what: 'models', project })
  }
}

function changeInWords(before: Model, after: Model): string {
  const named = ({ spec }: Model) => `“${spec.name}” ${spec.version}`
  return `the model ${named(after)} computes from now on, instead of ${named(before)}`
}
