import { newSetup, type Model, type StoredSetup } from '../../contract/index.ts'
import { invalidFields, Refusal } from '../refusal.ts'
import { setupOf, updateInference, type NamedRow } from './inferenceRows.ts'
import { thresholdsOfRun } from './classThresholds.ts'
import type { Computed } from './loading.ts'
import type { Run } from './run.ts'
import type { Runs, RunsServices } from './runs.ts'
import { resolveSetup } from './setupRules.ts'

/** Puts other models under inferences (F17b): at once where they are stopped, without a gap where they are healthy. */
export class ModelSwitches {
  readonly #services: RunsServices
  readonly #runs: Runs
  readonly #inTurn: <T>(work: () => Promise<T>) => Promise<T>

  /** @param inTurn What changes setups or runs does so one after the other. */
  constructor(services: RunsServices, runs: Runs, inTurn: <T>(work: () => Promise<T>) => Promise<T>) {
    this.#services = services
    this.#runs = runs
    this.#inTurn = inTurn
  }

  /**
   * Called in turn. Of a healthy run it only begins: the run's `nextModel` tells the rest.
   * @throws Refusal NOT_FOUND, INVALID_REQUEST (what of the setup does not fit), CONFLICT (not now, or no room)
   */
  async change(row: NamedRow, model: string): Promise<void> {
    const next = await this.#computed(row, model)
    const status = this.#runs.statusOf(row.slug)
    const run = this.#runs.of(row.slug)
    if (row.model_id === model) return
    if (!run || status === 'stopped') return this.#exchange(row, next)
    if (status !== 'healthy') throw cannotSwitch(row.name, status)
    if (run.nextModel?.failed === null) throw switchUnderWay(row.name, run.nextModel.name)
    void this.#goOver(run, next, run.prepareModel(next))
  }

  async #computed(row: NamedRow, model: string): Promise<Computed> {
    const { models } = this.#services
    const present = await models.get(row.model_id)
    const next = await models.get(model)
    const setup = withModel(setupOf(row), present, next)
    const classThresholds = await thresholdsOfRun(this.#services, setup, next)
    return { setup, model: next, modelPath: models.path(next), classThresholds }
  }

  async #exchange({ slug, project_id }: NamedRow, { setup }: Computed): Promise<void> {
    const { database, events } = this.#services
    await this.#runs.untilFinished(slug)
    await database.write([updateInference(database, slug, setup)])
    this.#runs.forget(slug)
    events.publish({ type: 'changed', what: 'models', project: project_id })
  }

  /** The present model goes on until the next one is ready, and where it cannot be. */
  async #goOver(run: Run, next: Computed, prepared: Promise<void>): Promise<void> {
    try {
      await prepared
      const taken = await this.#inTurn(() => this.#runs.takeOver(run, next))
      if (!taken) run.keepModel('an instance ended before it could take over, or the run was stopped')
    } catch (error) {
      run.keepModel(error instanceof Error ? error.message : String(error))
    }
  }
}

/**
 * The setup with another model under it; everything else stays as it is.
 * @throws Refusal INVALID_REQUEST that names what of the setup does not fit the model
 */
function withModel(setup: StoredSetup, present: Model, next: Model): StoredSetup {
  const [task, asked] = [present.spec.task, next.spec.task]
  if (task !== asked) throw invalidFields([{ path: 'model', message: `is for ${asked}, the inference for ${task}` }])
  return resolveSetup(newSetup.parse({ ...setup, model: next.id }), setup.slug, next, setup.outputs)
}

function cannotSwitch(name: string, status: string): Refusal {
  const detail = `“${name}” is ${status}; another model can be put under it while it is healthy or stopped`
  return new Refusal('CONFLICT', detail)
}

/** A run goes over to one model at a time. */
function switchUnderWay(name: string, model: string): Refusal {
  return new Refusal('CONFLICT', `“${name}” is going over to the model “${model}”; wait until it has`)
}
