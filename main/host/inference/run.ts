import type { EventBus } from '../eventBus.ts'
import type { Inference, LatestPrediction, Model, PredictAnswer, Setup, Timing } from '../../contract/index.ts'
import type { Logger } from '../../base/logger.ts'
import { throttled, type Throttled } from '../../base/throttled.ts'
import { isoTimestamp } from '../clock.ts'
import type { Recorder } from '../labels/recorder.ts'
import { Refusal } from '../refusal.ts'
import { Sampler } from '../sampling/sampler.ts'
import { instanceLimits, type InstanceLimits } from './instance.ts'
import { Latest } from './latest.ts'
import { loadOf, needsOf } from './loading.ts'
import type { RunMeasures } from './measures.ts'
import { PredictionPath, type PredictRequest, type RequestListener, type RunFacts } from './predictionPath.ts'
import { RecordingTrouble } from './recordingTrouble.ts'
import type { RunState } from './runState.ts'
import type { Scheduler } from './scheduler.ts'
import { Supervisor } from './supervisor.ts'

/** Windows are told of a run's changes and predictions at most this often. */
const tellEveryMs = 250
/** Figures age while nothing happens. */
const refreshEveryMs = 5000

/** What every run is given. */
export interface RunServices {
  recorder: Recorder
  events: EventBus
  logger: Logger
  scheduler: Scheduler
  /** Counts of one run, by its inference's slug. */
  measures: (slug: string) => RunMeasures
  /** Where an inference is called, by its slug. */
  endpoint: (slug: string) => string
  /** Pictures of more pixels are refused. */
  pixelLimit: number
  /** From 0 up to but not including 1. */
  random?: () => number
  limits?: InstanceLimits
}

/** What a run is of. */
export interface RunSubject {
  run: RunFacts['run']
  setup: Setup
  project: { id: string; name: string }
  model: Model
  modelPath: string
}

/** An inference from start to stop. */
export class Run {
  readonly subject: RunSubject
  /** Resolves with the reason once the run is over and its processes are gone. */
  readonly ended: Promise<string>
  readonly #services: RunServices
  readonly #supervisor: Supervisor
  readonly #path: PredictionPath
  readonly #measures: RunMeasures
  readonly #latest = new Latest()
  readonly #tell: Throttled
  readonly #tellPrediction: Throttled

  constructor(subject: RunSubject, services: RunServices) {
    this.subject = subject
    this.#services = services
    const { slug } = subject.setup
    const logger = services.logger.child({ inference: slug })
    this.#measures = services.measures(slug)
    this.#tell = throttled(() => this.#publish(), tellEveryMs)
    this.#tellPrediction = throttled(() => this.#publishPrediction(), tellEveryMs)
    this.#supervisor = this.#supervise(logger)
    this.#path = this.#pathOf(logger)
    this.ended = this.#untilEnded()
  }

  get state(): RunState {
    return this.#supervisor.state
  }

  /** Brings it up; on a failed run, tries now. */
  start(): void {
    this.#supervisor.start()
  }

  /** Ends it once what was accepted is answered. */
  stop(reason: string): void {
    this.#supervisor.stop(reason)
  }

  /** Ends a stopping run at once. */
  abort(): void {
    this.#supervisor.abort()
  }

  /** @throws Refusal INFERENCE_NOT_RUNNING, INFERENCE_NOT_READY, or as `PredictionPath.predict` */
  async predict(request: PredictRequest): Promise<PredictAnswer> {
    const refusal = notReady(this.subject.setup.slug, this.state)
    if (!refusal) return this.#path.predict(request)
    if (!request.isTry && refusal.code === 'INFERENCE_NOT_READY') this.#measures.failed()
    throw refusal
  }

  /** The next request is recorded. @throws Refusal INFERENCE_NOT_RUNNING */
  recordNext(): void {
    const { status } = this.state
    if (status === 'stopped' || status === 'stopping') throw notRunning(this.subject.setup.slug, status)
    this.#path.recordNext()
  }

  /** The newest first. */
  get latest(): LatestPrediction[] {
    return this.#latest.list()
  }

  latestImage(requestId: string): Uint8Array | undefined {
    return this.#latest.image(requestId)
  }

  describe(): Inference {
    const { run, setup, project, model } = this.subject
    const { status, reason, since, nextTryAt } = this.state
    const { id, spec } = model
    return {
      slug: setup.slug,
      name: setup.name,
      type: setup.type,
      project,
      status,
      reason,
      since: isoTimestamp(new Date(since)),
      nextTryAt: nextTryAt === null ? null : isoTimestamp(new Date(nextTryAt)),
      queue: this.#supervisor.queue,
      endpoint: this.#services.endpoint(setup.slug),
      model: { id, name: spec.name, version: spec.version, task: spec.task },
      run: status === 'stopped' ? null : describeRun(run),
      instances: this.#supervisor.instances,
      figures: { ...this.#measures.figures(this.#supervisor.dispatcher.queued), sampling: this.#path.samplingFigures }
    }
  }

  #supervise(logger: Logger): Supervisor {
    const { scheduler, pixelLimit, random = Math.random, limits = instanceLimits } = this.#services
    const { instances, queue } = this.subject.setup.general
    const load = loadOf(this.subject, pixelLimit)
    const onChange = () => this.#tell()
    const needs = needsOf(this.subject)
    return new Supervisor({ instances, queue, load, needs, scheduler, logger, random, limits, onChange })
  }

  #pathOf(logger: Logger): PredictionPath {
    const { recorder, random = Math.random } = this.#services
    const { run, setup, model } = this.subject
    const { name, version, task } = model.spec
    const facts = { run, setup, model: { id: model.id, name, version } }
    const trouble = new RecordingTrouble(logger, (code) => this.#measures.recordingTroubled(code))
    const sampler = new Sampler({ ...setup, task, random })
    return new PredictionPath(facts, this.#supervisor.dispatcher, sampler, recorder, this.#listener(), trouble)
  }

  #listener(): RequestListener {
    return {
      answered: (latest, timing, image) => this.#answered(latest, timing, image),
      failed: () => {
        this.#measures.failed()
        this.#tell()
      },
      recorded: () => this.#measures.recorded()
    }
  }

  #answered(latest: LatestPrediction, timing: Timing, image: Uint8Array): void {
    this.#latest.add(latest, image)
    this.#measures.answered(latest, timing)
    this.#tell()
    this.#tellPrediction()
  }

  async #untilEnded(): Promise<string> {
    const refresh = setInterval(this.#tell, refreshEveryMs).unref()
    const reason = await this.#supervisor.ended
    clearInterval(refresh)
    await this.#tellPrediction.close()
    await this.#tell.close()
    return reason
  }

  #publish(): void {
    this.#services.events.publish({ type: 'inference', inference: this.describe() })
  }

  #publishPrediction(): void {
    const [latest] = this.#latest.list()
    if (latest) this.#services.events.publish({ type: 'prediction', slug: this.subject.setup.slug, latest })
  }
}

/** A run as an inference shows it. */
function describeRun({ id, importId, startedAt }: RunFacts['run']): Inference['run'] {
  return { id, importId, startedAt: isoTimestamp(startedAt) }
}

/** Why a run takes no requests; null where it does. */
function notReady(slug: string, { status, reason, nextTryAt }: RunState): Refusal | null {
  if (status === 'healthy') return null
  if (status === 'stopped' || status === 'stopping') return notRunning(slug, status)
  const retryAfterSeconds = Math.max(1, Math.ceil(((nextTryAt ?? 0) - Date.now()) / 1000))
  const detail = `“${slug}” is ${status}${reason === null ? '' : ` (${reason})`}; send it again when it is healthy`
  return new Refusal('INFERENCE_NOT_READY', detail, { inferenceStatus: status, retryAfterSeconds })
}

/** The refusal of a request to an inference that is not up. */
export function notRunning(slug: string, status: 'stopped' | 'stopping'): Refusal {
  return new Refusal('INFERENCE_NOT_RUNNING', `“${slug}” is ${status}; start it first`, { inferenceStatus: status })
}
