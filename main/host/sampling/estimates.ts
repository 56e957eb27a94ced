import type { EstimateQuestion, Model, Parameters, SamplingEstimate } from '../../contract/index.ts'
import { isoTimestamp } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { resolveThresholds } from '../inference/classThresholds.ts'
import { inferenceRow, inferencesUsingModel, type InferenceName } from '../inference/inferenceRows.ts'
import { resolveParameters } from '../inference/setupRules.ts'
import type { Models } from '../models/models.ts'
import { optimizationsOfProject } from '../optimization/optimizationRows.ts'
import type { Projects } from '../projects/projects.ts'
import type { RecentPredictions } from '../recent/recentPredictions.ts'
import type { RecentRequest } from '../recent/recentRequests.ts'
import { invalidFields, Refusal } from '../refusal.ts'
import type { FiguresHistory } from '../telemetry/figuresHistory.ts'
import { countConfidences, countUnknown } from './countRecent.ts'
import { estimateSamples } from './estimateSamples.ts'
import type { JudgingSetup } from './moments.ts'
import { requestsPerHour } from './requestRate.ts'

/** A thumbnail (on the sample projects' pictures 2 to 14 kB, 7.6 on average) and the sample's row. */
const bytesBesidePicture = 10_000

/** Whose recent requests a setup is judged by. */
interface Basis {
  inference: InferenceName
  isOwn: boolean
  requests: RecentRequest[]
}

export interface EstimateServices {
  database: Database
  projects: Projects
  models: Models
  recent: RecentPredictions
  history: FiguresHistory
}

/** What setups would do with what the line sent recently (F9, F10, F12). */
export class SamplingEstimates {
  readonly #services: EstimateServices

  constructor(services: EstimateServices) {
    this.#services = services
  }

  /**
   * Null where neither the inference nor another one has recent requests with this model.
   * @throws Refusal NOT_FOUND (project, model, inference), INVALID_REQUEST
   */
  async estimate(project: string, question: EstimateQuestion): Promise<SamplingEstimate | null> {
    await this.#services.projects.get(project)
    const model = await this.#services.models.get(question.model)
    if (model.project !== project) throw invalidFields([{ path: 'model', message: 'is of another project' }])
    const setup = await this.#judgingSetup(question, model)
    const basis = await this.#basis(question, model.id)
    return basis && this.#judge(setup, basis, model)
  }

  async #judge(setup: JudgingSetup, { inference, isOwn, requests }: Basis, { spec }: Model): Promise<SamplingEstimate> {
    const rates = {
      requestsPerHour: await requestsPerHour(this.#services.history, inference.slug, requests),
      bytesPerSample: meanOf(requests.map(({ bytes }) => bytes)) + bytesBesidePicture
    }
    const times = requests.map(({ at }) => at)
    const seenFrom = Math.max(...requests.map((request) => request.seenFrom))
    const span = { from: momentOf(Math.min(...times)), to: momentOf(Math.max(...times)) }
    return {
      basis: { inference, isOwn, requests: requests.length, ...span, ...rates, seenFrom },
      ...(await estimateSamples(setup, requests, rates)),
      unknown: countUnknown(setup, requests, spec.classes),
      confidences: countConfidences(requests)
    }
  }

  async #judgingSetup(question: EstimateQuestion, model: Model): Promise<JudgingSetup> {
    const optimizations = await optimizationsOfProject(this.#services.database, model.project)
    const { values } = resolveThresholds(question, model, optimizations)
    const { sampling, sizeMeasurement, parameters } = question
    const floor = floorOf(parameters, model)
    return { sampling, sizeMeasurement, task: model.spec.task, floor, classThresholds: values }
  }

  /** The inference's own; else those of the one with the same model that was last in use. */
  async #basis({ inference: slug }: EstimateQuestion, model: string): Promise<Basis | null> {
    const own = slug === undefined ? null : await this.#ofInference(slug, model)
    if (own) return own
    const others = await inferencesUsingModel(this.#services.database, model)
    const found = await Promise.all(others.map((inference) => this.#requestsOf(inference, model, false)))
    return found.toSorted((a, b) => newest(b) - newest(a)).find(({ requests }) => requests.length > 0) ?? null
  }

  async #ofInference(slug: string, model: string): Promise<Basis | null> {
    const row = await inferenceRow(this.#services.database, slug)
    if (!row) throw new Refusal('NOT_FOUND', `there is no inference “${slug}”`)
    const own = await this.#requestsOf({ slug, name: row.name }, model, true)
    return own.requests.length > 0 ? own : null
  }

  async #requestsOf({ slug, name }: InferenceName, model: string, isOwn: boolean): Promise<Basis> {
    const requests = await this.#services.recent.of(slug)
    return { inference: { slug, name }, isOwn, requests: requests.filter((request) => request.model === model) }
  }
}

const newest = ({ requests }: Basis) => requests.at(-1)?.at ?? -Infinity

const momentOf = (at: number) => isoTimestamp(new Date(at))

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Null where the model's family has no confidence floor. @throws Refusal INVALID_REQUEST for what it does not take */
function floorOf(given: Parameters, model: Model): number | null {
  const { values, fields } = resolveParameters(given, model)
  if (fields.length > 0) throw invalidFields(fields)
  const { confidence } = values
  return typeof confidence === 'number' ? confidence : null
}
