import {
  runReasonText,
  type Inference,
  type LatestPrediction,
  type LogRecord,
  type NewSetup,
  type PredictAnswer,
  type Run as RunView,
  type RunDetails,
  type Setup,
  type StoredOutput
} from '../../contract/index.ts'
import { KeyedTurns } from '../../base/keyedTurns.ts'
import type { Page } from '../labels/page.ts'
import { withoutSecrets } from '../outputs/resolveOutputs.ts'
import type { Projects } from '../projects/projects.ts'
import { Refusal } from '../refusal.ts'
import * as rows from './inferenceRows.ts'
import type { PredictRequest } from './predictionPath.ts'
import { comeBack } from './comeBack.ts'
import { ModelSwitches } from './modelSwitches.ts'
import { notRunning } from './notReady.ts'
import type { Run } from './run.ts'
import { listRuns, oneRun, statesOfRun, storedThresholds, type RunQuery } from './runRows.ts'
import { Runs, type RunsServices } from './runs.ts'
import type { Served, TensorAnswer, TensorRequest } from './tensorRequest.ts'
import { Setups } from './setups.ts'
import { describeStopped } from './stopped.ts'

export type { PredictRequest } from './predictionPath.ts'

export interface InferencesServices extends RunsServices {
  projects: Projects
  /** Whether what was up comes up again with the next host (F18). */
  comesBack?: () => boolean
  /** The last lines of an inference's log, the oldest first. */
  logs: (slug: string) => LogRecord[]
}

/** Saved setups and their runs. */
export class Inferences {
  readonly #services: InferencesServices
  readonly #setups: Setups
  readonly #runs: Runs
  readonly #switches: ModelSwitches
  readonly #turns = new KeyedTurns()

  constructor(services: InferencesServices) {
    this.#services = services
    this.#setups = new Setups(services.database, services.projects, services.models)
    this.#runs = new Runs(services, (slug, reason) => this.#shutdown(slug, reason))
    this.#switches = new ModelSwitches(services, this.#runs, (work) => this.#inTurn(work))
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
    return withoutSecrets(rows.setupOf(await this.#setups.row(slug)))
  }

  /** With their secrets, for those who send. @throws Refusal NOT_FOUND */
  async outputs(slug: string): Promise<StoredOutput[]> {
    return rows.setupOf(await this.#setups.row(slug)).outputs
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
      this.#runs.forget(slug)
      this.#services.counters.renamed(slug, setup.slug)
      this.#services.recent.renamed(slug, setup.slug)
      if (setup.slug !== slug) this.#services.events.publish({ type: 'inference-removed', slug })
      await this.#publish(setup.slug)
      return withoutSecrets(setup)
    })
  }

  /** Its samples and the history of its runs stay. @throws Refusal NOT_FOUND, CONFLICT while it is up */
  remove(slug: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#mustBeStopped(slug, 'deleted')
      await this.#setups.remove(slug)
      this.#runs.forget(slug)
      this.#services.counters.forget(slug)
      this.#services.recent.forget(slug)
      this.#services.events.publish({ type: 'inference-removed', slug })
    })
  }

  /** Answers at once; what is up already stays as it is. @throws Refusal NOT_FOUND, CONFLICT while it is stopping */
  start(slug: string): Promise<Inference> {
    return this.#inTurn(async () => {
      const row = await this.#setups.row(slug)
      const status = this.#runs.statusOf(slug)
      if (status === 'stopping') throw new Refusal('CONFLICT', `“${slug}” is stopping; start it when it has stopped`)
      if (status === 'stopped') await this.#runs.begin(row)
      else this.#runs.of(slug)?.start()
      return this.#describe(row)
    })
  }

  /** Answers at once; the run ends when its accepted requests are answered. @throws Refusal NOT_FOUND */
  stop(slug: string, reason: string): Promise<Inference> {
    return this.#inTurn(async () => {
      const { database } = this.#services
      const row = await this.#setups.row(slug)
      await database.write([rows.setWanted(database, slug, false)])
      this.#runs.of(slug)?.stop(reason)
      return this.#describe(row)
    })
  }

  /**
   * Puts another model under it (F17b). A run goes over without a gap; answers before it has: `nextModel` tells the rest.
   * @throws Refusal NOT_FOUND, INVALID_REQUEST (what of the setup does not fit), CONFLICT (not now, or no room)
   */
  switchModel(slug: string, model: string): Promise<Inference> {
    return this.#inTurn(async () => {
      await this.#switches.change(await this.#setups.row(slug), model)
      return this.#publish(slug)
    })
  }

  /** Pictures over which engines died may be tried again. @throws Refusal NOT_FOUND */
  async clearRefusedImages(slug: string): Promise<Inference> {
    const row = await this.#setups.row(slug)
    this.#runs.of(slug)?.clearRefusedImages()
    return this.#describe(row)
  }

  /** The next request of the run is recorded. @throws Refusal NOT_FOUND, INFERENCE_NOT_RUNNING */
  async recordNext(slug: string): Promise<Inference> {
    const row = await this.#setups.row(slug)
    const run = await this.#runOf(slug)
    run.recordNext()
    return this.#describe(row)
  }

  /** The shift counter begins anew. @throws Refusal NOT_FOUND */
  async resetCounter(slug: string): Promise<Inference> {
    await this.#setups.row(slug)
    await this.#services.counters.reset(slug)
    return this.#publish(slug)
  }

  /** @throws Refusal NOT_FOUND, INFERENCE_NOT_RUNNING, or as `Run.predict` */
  async predict(slug: string, request: PredictRequest): Promise<PredictAnswer> {
    return (await this.#runOf(slug)).predict(request)
  }

  /** Runs the network on tensors as they are. @throws as `predict` */
  async infer(slug: string, request: TensorRequest): Promise<TensorAnswer> {
    return (await this.#runOf(slug)).infer(request)
  }

  /** What an inference serves, and whether it can now. @throws Refusal NOT_FOUND */
  async served(slug: string): Promise<Served> {
    const run = this.#runs.of(slug)
    if (run) return run.served
    const { model_id: model } = await this.#setups.row(slug)
    return { model: await this.#services.models.get(model), tensors: null, isReady: false }
  }

  /** The last predictions of the present or last run, the newest first. @throws Refusal NOT_FOUND */
  async latest(slug: string): Promise<LatestPrediction[]> {
    const run = this.#runs.of(slug)
    if (!run) await this.#setups.row(slug)
    return run?.latest ?? []
  }

  /** @throws Refusal NOT_FOUND where it is none of the last predictions */
  latestImage(slug: string, requestId: string): Uint8Array {
    const image = this.#runs.of(slug)?.latestImage(requestId)
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

  /** A run with what it went through. @throws Refusal NOT_FOUND */
  async run(id: string): Promise<RunDetails> {
    const { database } = this.#services
    const run = await oneRun(database, id)
    if (!run) throw new Refusal('NOT_FOUND', `there is no run ${id}`)
    const classThresholds = (await storedThresholds(database, id)) ?? null
    return { ...run, states: await statesOfRun(database, id), classThresholds }
  }

  /** How many inferences of a project are not stopped. */
  runningIn(project: string): number {
    return this.#runs.up.filter(({ subject }) => subject.project.id === project).length
  }

  /** Does the work while no run uses a model, and none starts. @throws Refusal CONFLICT where one does */
  whileIdle<T>(model: string, work: () => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      const user = this.#runs.up.find((run) => run.uses(model))
      if (!user) return work()
      throw new Refusal('CONFLICT', `“${user.subject.setup.name}” is running with this model; stop it first.`)
    })
  }

  /** Names of inferences that should be up and are not healthy. */
  async waitingFor(): Promise<string[]> {
    const wanted = await rows.wantedInferences(this.#services.database)
    return wanted.filter(({ slug }) => this.#runs.statusOf(slug) !== 'healthy').map(({ name }) => name)
  }

  /** At the host's start: what was up comes up again (F18). */
  resume(): Promise<void> {
    const { database, logger, comesBack = () => true } = this.#services
    return comeBack({
      database,
      logger,
      isWanted: comesBack(),
      begin: (slug, thresholds) => this.#again(slug, thresholds)
    })
  }

  /** At the host's stop: all runs end, at the latest after this time, and come up again at the next start. */
  stopAll(deadlineMs: number): Promise<void> {
    return this.#inTurn(() => this.#runs.stopAll(runReasonText('closed'), deadlineMs))
  }

  /** What changes setups or runs does so one after the other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.run('inferences', work)
  }

  /** @throws Refusal NOT_FOUND, INFERENCE_NOT_RUNNING */
  async #runOf(slug: string): Promise<Run> {
    const run = this.#runs.of(slug)
    if (run) return run
    await this.#setups.row(slug)
    throw notRunning(slug, 'stopped')
  }

  async #mustBeStopped(slug: string, what: string): Promise<void> {
    await this.#setups.row(slug)
    const status = this.#runs.statusOf(slug)
    if (status !== 'stopped') throw new Refusal('CONFLICT', `“${slug}” is ${status}; stop it before it is ${what}`)
    await this.#runs.untilFinished(slug)
  }

  #again(slug: string, thresholds: Record<string, number> | undefined): Promise<void> {
    return this.#inTurn(async () => this.#runs.begin(await this.#setups.row(slug), thresholds))
  }

  /** Like a stop by a person: it does not come back. */
  #shutdown(slug: string, reason: string): void {
    this.stop(slug, reason).catch((error: unknown) => {
      this.#services.logger.child({ inference: slug }).error(`could not be shut down: ${String(error)}`)
    })
  }

  async #publish(slug: string): Promise<Inference> {
    const inference = await this.get(slug)
    this.#services.events.publish({ type: 'inference', inference })
    return inference
  }

  async #describe(row: rows.NamedRow): Promise<Inference> {
    const { models, endpoint, counters } = this.#services
    const run = this.#runs.of(row.slug)
    if (run) return { ...run.describe(), project: { id: row.project_id, name: row.project_name } }
    return describeStopped(row, await models.get(row.model_id), endpoint(row.slug), counters.of(row.slug))
  }
}
