import { ulid } from 'ulid'
import type {
  Inference,
  LatestPrediction,
  LogRecord,
  NewSetup,
  PredictAnswer,
  Run as RunView,
  Setup
} from '../../contract/index.ts'
import { KeyedTurns } from '../../base/keyedTurns.ts'
import type { Database } from '../database/database.ts'
import type { Imports } from '../labels/imports.ts'
import type { Page } from '../labels/page.ts'
import type { Models } from '../models/models.ts'
import type { Projects } from '../projects/projects.ts'
import { Refusal } from '../refusal.ts'
import * as rows from './inferenceRows.ts'
import type { PredictRequest } from './predictionPath.ts'
import { notRunning, Run, type RunServices, type RunSubject } from './run.ts'
import { endOpenRuns, endRun, insertRun, listRuns, type RunQuery } from './runRows.ts'
import { Setups } from './setups.ts'
import { describeStopped } from './stopped.ts'

export type { PredictRequest } from './predictionPath.ts'

export interface InferencesServices extends RunServices {
  database: Database
  projects: Projects
  models: Models
  imports: Imports
  /** The last lines of an inference's log, the oldest first. */
  logs: (slug: string) => LogRecord[]
}

/** Saved setups and their runs. */
export class Inferences {
  readonly #services: InferencesServices
  readonly #setups: Setups
  /** The present or last run of each slug. */
  readonly #runs = new Map<string, Run>()
  /** Resolves once the end of a run is stored; never rejects. */
  readonly #finished = new Map<Run, Promise<void>>()
  readonly #turns = new KeyedTurns()

  constructor(services: InferencesServices) {
    this.#services = services
    this.#setups = new Setups(services.database, services.projects, services.models)
  }

  async list(project?: string): Promise<Inference[]> {
    const found = await rows.inferenceRows(this.#services.database, project)
    return Promise.all(found.map((row) => this.#describe(row)))
  }

  /** @throws Refusal NOT_FOUND */
  async get(slug: string): Promise<Inference> {
    return this.#describe(await this.#setups.row(slug))
  }

  /** @throws Refusal NOT_FOUND */
  async setup(slug: string): Promise<Setup> {
    return rows.setupOf(await this.#setups.row(slug))
  }

  /** @throws Refusal NOT_FOUND (project, model), NAME_TAKEN, INVALID_REQUEST */
  create(given: NewSetup): Promise<Inference> {
    return this.#inTurn(async () => {
      const { slug } = await this.#setups.create(given)
      return this.#publish(slug)
    })
  }

  /** A name may change, the slug stays unless another is given. @throws as `create`, CONFLICT while it is up */
  change(slug: string, given: NewSetup): Promise<Setup> {
    return this.#inTurn(async () => {
      await this.#mustBeStopped(slug, 'changed')
      const setup = await this.#setups.change(slug, given)
      this.#runs.delete(slug)
      if (setup.slug !== slug) this.#services.events.publish({ type: 'inference-removed', slug })
      await this.#publish(setup.slug)
      return setup
    })
  }

  /** Its samples and the history of its runs stay. @throws Refusal NOT_FOUND, CONFLICT while it is up */
  remove(slug: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#mustBeStopped(slug, 'deleted')
      await this.#setups.remove(slug)
      this.#runs.delete(slug)
      this.#services.events.publish({ type: 'inference-removed', slug })
    })
  }

  /** Answers at once; what is up already stays as it is. @throws Refusal NOT_FOUND, CONFLICT while it is stopping */
  start(slug: string): Promise<Inference> {
    return this.#inTurn(async () => {
      const row = await this.#setups.row(slug)
      const status = this.#statusOf(slug)
      if (status === 'stopping') throw new Refusal('CONFLICT', `“${slug}” is stopping; start it when it has stopped`)
      if (status === 'stopped') await this.#begin(row)
      else this.#runs.get(slug)?.start()
      return this.#describe(row)
    })
  }

  /** Answers at once; the run ends when its accepted requests are answered. @throws Refusal NOT_FOUND */
  stop(slug: string, reason: string): Promise<Inference> {
    return this.#inTurn(async () => {
      const { database } = this.#services
      const row = await this.#setups.row(slug)
      await database.write([rows.setWanted(database, slug, false)])
      this.#runs.get(slug)?.stop(reason)
      return this.#describe(row)
    })
  }

  /** The next request of the run is recorded. @throws Refusal NOT_FOUND, INFERENCE_NOT_RUNNING */
  async recordNext(slug: string): Promise<Inference> {
    const row = await this.#setups.row(slug)
    const run = this.#runs.get(slug)
    if (!run) throw notRunning(slug, 'stopped')
    run.recordNext()
    return this.#describe(row)
  }

  /** @throws Refusal NOT_FOUND, INFERENCE_NOT_RUNNING, or as `Run.predict` */
  async predict(slug: string, request: PredictRequest): Promise<PredictAnswer> {
    const run = this.#runs.get(slug)
    if (run) return run.predict(request)
    await this.#setups.row(slug)
    throw notRunning(slug, 'stopped')
  }

  /** The last predictions of the present or last run, the newest first. @throws Refusal NOT_FOUND */
  async latest(slug: string): Promise<LatestPrediction[]> {
    const run = this.#runs.get(slug)
    if (!run) await this.#setups.row(slug)
    return run?.latest ?? []
  }

  /** @throws Refusal NOT_FOUND where it is none of the last predictions */
  latestImage(slug: string, requestId: string): Uint8Array {
    const image = this.#runs.get(slug)?.latestImage(requestId)
    if (!image) throw new Refusal('NOT_FOUND', `request “${requestId}” is not among the last predictions of “${slug}”`)
    return image
  }

  /** The last lines of its log, the oldest first. @throws Refusal NOT_FOUND */
  async logs(slug: string): Promise<LogRecord[]> {
    await this.#setups.row(slug)
    return this.#services.logs(slug)
  }

  /** The history of runs, the newest first. */
  runs(query: RunQuery): Promise<Page<RunView>> {
    return listRuns(this.#services.database, query)
  }

  /** How many inferences of a project are not stopped. */
  runningIn(project: string): number {
    const up = [...this.#runs.values()].filter(({ state }) => state.status !== 'stopped')
    return up.filter(({ subject }) => subject.project.id === project).length
  }

  /** Does the work while no run uses a model, and none starts. @throws Refusal CONFLICT where one does */
  whileIdle<T>(model: string, work: () => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      const up = [...this.#runs.values()].filter(({ state }) => state.status !== 'stopped')
      const user = up.find(({ subject }) => subject.model.id === model)
      if (!user) return work()
      throw new Refusal('CONFLICT', `“${user.subject.setup.name}” is running with this model; stop it first.`)
    })
  }

  /** Names of inferences that should be up and are not healthy. */
  async waitingFor(): Promise<string[]> {
    const wanted = await rows.wantedInferences(this.#services.database)
    return wanted.filter(({ slug }) => this.#statusOf(slug) !== 'healthy').map(({ name }) => name)
  }

  /** At the host's start: what was up comes up again (F18). One that cannot be started does not hold up the others. */
  async resume(): Promise<void> {
    const { database, logger } = this.#services
    await database.write([endOpenRuns(database, new Date(), 'Lineside ended unexpectedly')])
    for (const { slug } of await rows.wantedInferences(database)) {
      await this.start(slug).catch((error: unknown) => {
        logger.child({ inference: slug }).error(`could not be started again: ${String(error)}`)
      })
    }
  }

  /** At the host's stop: all runs end, at the latest after this time, and come up again at the next start. */
  async stopAll(deadlineMs: number): Promise<void> {
    const abort = setTimeout(() => this.#runs.forEach((run) => run.abort()), deadlineMs)
    await this.#inTurn(async () => this.#runs.forEach((run) => run.stop('Lineside was closed')))
    await Promise.all(this.#finished.values())
    clearTimeout(abort)
  }

  /** What changes setups or runs does so one after the other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.run('inferences', work)
  }

  #statusOf(slug: string): Inference['status'] {
    return this.#runs.get(slug)?.state.status ?? 'stopped'
  }

  async #mustBeStopped(slug: string, what: string): Promise<void> {
    await this.#setups.row(slug)
    const status = this.#statusOf(slug)
    if (status !== 'stopped') throw new Refusal('CONFLICT', `“${slug}” is ${status}; stop it before it is ${what}`)
    await this.#untilFinished(slug)
  }

  /** A run that has stopped may still have something to say; what replaces it comes after that. */
  async #untilFinished(slug: string): Promise<void> {
    const run = this.#runs.get(slug)
    if (run) await this.#finished.get(run)
  }

  async #begin(row: rows.NamedRow): Promise<void> {
    const { database, events } = this.#services
    await this.#untilFinished(row.slug)
    const subject = await this.#subject(row)
    await database.write([insertRun(database, subject), rows.setWanted(database, row.slug, true)])
    const run = new Run(subject, this.#services)
    this.#runs.set(row.slug, run)
    this.#track(run)
    run.start()
    events.publish({ type: 'changed', what: 'runs', project: row.project_id })
  }

  async #subject(row: rows.NamedRow): Promise<RunSubject> {
    const { models, imports } = this.#services
    const setup = rows.setupOf(row)
    const model = await models.get(setup.model)
    const [id, startedAt] = [ulid(), new Date()]
    const created = await imports.createForRun({ id, project: setup.project }, setup.name, startedAt)
    const run = { id, importId: created.id, folder: created.folder, startedAt }
    const project = { id: row.project_id, name: row.project_name }
    return { run, setup, project, model, modelPath: models.path(model) }
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
    const { database, events } = this.#services
    const { setup, run: facts } = run.subject
    const reason = await run.ended
    const now = new Date()
    await database.write([endRun(database, facts.id, now, reason), rows.setStopped(database, setup.slug, now, reason)])
    events.publish({ type: 'changed', what: 'runs', project: setup.project })
  }

  async #publish(slug: string): Promise<Inference> {
    const inference = await this.get(slug)
    this.#services.events.publish({ type: 'inference', inference })
    return inference
  }

  async #describe(row: rows.NamedRow): Promise<Inference> {
    const { models, endpoint } = this.#services
    const run = this.#runs.get(row.slug)
    if (run) return { ...run.describe(), project: { id: row.project_id, name: row.project_name } }
    return describeStopped(row, await models.get(row.model_id), endpoint(row.slug))
  }
}
